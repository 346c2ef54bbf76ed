"""A leader registers colleagues, on Django's client: what they see, and what is kept."""

import re
import time
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from wagtail.models import PageViewRestriction

from core import guard
from courses.models import Booking, Cohort, Place
from courses.services import send_due
from tests.courses.factories import make_registration, opened_earlier, registration_form


def post(client: Client, cohort: Cohort, **fields: Any) -> Any:
    return client.post(cohort.register_url, registration_form(**fields))


def main_of(response: Any) -> str:
    """The words of the page's middle, with the spaces of the template's lines made one."""
    words = response.content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(str(words).split())


def test_a_leader_registers_two_colleagues_and_everybody_is_told(
    client: Client, cohort: Cohort
) -> None:
    form = client.get(cohort.register_url)
    assert form.status_code == 200
    answer = post(client, cohort)
    booking = Booking.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, booking.url)
    page = main_of(client.get(booking.url))
    assert "Two people are registered" in page
    for words in ("Sample teacher", "linkworker@school.example", booking.reference, "PO 4711"):
        assert words in page
    send_due()
    assert {message.to[0] for message in mail.outbox} == {
        "office@school.example",
        "teacher@school.example",
        "linkworker@school.example",
    }


def test_the_form_sets_no_cookie(client: Client, cohort: Cohort) -> None:
    post(client, cohort)
    assert not client.cookies


def test_the_form_says_the_price_before_and_on_the_button(client: Client, cohort: Cohort) -> None:
    page = main_of(client.get(cohort.register_url))
    assert "£500 for the organisation, two people included, and nothing if it pays dues" in page
    assert "Register, £500" in page
    faulty = main_of(post(client, cohort, consent=""))
    assert "Register two people, £500" in faulty
    member = main_of(post(client, cohort, consent="", member="on"))
    assert "Register two people, nothing to pay" in member


def test_the_booker_attends_only_if_they_say_so(client: Client, cohort: Cohort) -> None:
    post(client, cohort, attends="on", person_2="", person_2_email="")
    assert list(Place.objects.values_list("email", flat=True)) == [
        "office@school.example",
        "teacher@school.example",
    ]


def test_a_booker_who_also_fills_a_row_gets_one_place(client: Client, cohort: Cohort) -> None:
    post(client, cohort, attends="on", person_1_email="Office@school.example")
    assert Place.objects.count() == 2


def test_a_member_needs_no_purchase_order(client: Client, cohort: Cohort) -> None:
    assert post(client, cohort, member="on", order="").status_code == 302
    assert Booking.objects.get().amount == 0


def test_sending_the_form_twice_shows_the_same_booking(client: Client, cohort: Cohort) -> None:
    form = registration_form()
    first = client.post(cohort.register_url, form)
    second = client.post(cohort.register_url, form)
    assert first["Location"] == second["Location"]
    assert Booking.objects.count() == 1


def test_a_form_changed_and_sent_again_asks_before_it_books_twice(
    client: Client, cohort: Cohort
) -> None:
    key = str(uuid4())
    post(client, cohort, key=key)
    changed = {"person_1": "Somebody else", "person_1_email": "else@school.example"}
    asked = post(client, cohort, key=key, person_2="", person_2_email="", **changed)
    assert "already made a booking" in main_of(asked)
    anew = re.search(r'name="key" value="([^"]+)"', asked.content.decode())
    assert anew
    assert anew[1] != key
    done = post(client, cohort, key=anew[1], person_2="", person_2_email="", **changed)
    assert done.status_code == 302
    assert Booking.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "target", "words"),
    [
        ({"organisation": " "}, "organisation", "Give the name of your school, trust or charity"),
        ({"postcode": ""}, "postcode", "Give the postcode of your organisation"),
        ({"booker": ""}, "booker", "Give your name"),
        ({"booker_email": ""}, "booker_email", "Your e-mail: give your address"),
        ({"booker_email": "office"}, "booker_email", "Your e-mail: the address needs an @"),
        ({"booker_email": "a@b"}, "booker_email", "this is not a full e-mail address"),
        ({"person_2_email": "x"}, "person_2_email", "Person 2: the address needs an @"),
        ({"person_2": ""}, "person_2", "Person 2: give the name too"),
        ({"person_2_email": ""}, "person_2_email", "Person 2: give the e-mail address too"),
        (
            {"person_2_email": "TEACHER@school.example"},
            "person_2_email",
            "Person 2: each person needs an address of their own",
        ),
        (
            {"person_1": "", "person_1_email": "", "person_2": "", "person_2_email": ""},
            "person_1",
            "Person 1: name somebody who attends, or tick that you do",
        ),
        ({"attends": "on"}, "attends", "With you that is one too many"),
        ({"order": ""}, "order", "Give a reference, or choose to pay later"),
        ({"consent": ""}, "consent", "We cannot book without keeping names and addresses"),
        ({"postcode": "B" * 13}, "postcode", "At most 12 characters; this has 13."),
        ({"order": "B" * 61}, "order", "At most 60 characters; this has 61."),
        ({"booker_email": f"{'a' * 250}@b.example"}, "booker_email", "too long to be one"),
    ],
)
def test_each_fault_is_said_first_and_leads_to_its_field(
    client: Client, cohort: Cohort, fields: dict[str, str], target: str, words: str
) -> None:
    answer = post(client, cohort, **fields)
    page = main_of(answer)
    summary = page.split('class="errors"')[1].split("</section>")[0]
    assert answer.status_code == 422
    assert f'href="#{target}"' in summary
    assert words in summary
    assert f'id="{target}"' in page
    assert not Booking.objects.exists()


def test_nothing_typed_is_lost_when_something_is_wrong(client: Client, cohort: Cohort) -> None:
    form = registration_form(consent="", member="on", attends="on", urn="107440")
    page = main_of(client.post(cohort.register_url, form))
    for name, value in form.items():
        if name not in ("consent", "website", "opened", "member", "attends"):
            assert value in page, name
    assert page.count("checked") == 2


def test_pay_later_stands_for_a_purchase_order(client: Client, cohort: Cohort) -> None:
    assert post(client, cohort, order="", later="on").status_code == 302


def test_whoever_has_a_place_already_gets_the_answer_of_everybody(
    client: Client, cohort: Cohort
) -> None:
    """A stranger who tries addresses learns nothing; the person's own mail says it."""
    make_registration(cohort, "linkworker@school.example")
    known = post(client, cohort)
    unknown = post(client, cohort, person_2_email="new@school.example", key="another")
    assert (known.status_code, unknown.status_code) == (302, 302)
    pages = [main_of(client.get(answer["Location"])) for answer in (known, unknown)]
    booked = [
        re.sub(r"(linkworker|new)@school|OS-\w+|booking/[\w-]+(/\d+)?", "", page) for page in pages
    ]
    assert booked[0] == booked[1]


@pytest.mark.parametrize(
    ("taken", "words"), [(23, "Only one place is left"), (24, "The last places have just gone")]
)
def test_places_that_went_meanwhile_are_told_and_the_form_is_kept(
    client: Client, cohort: Cohort, taken: int, words: str
) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(seats_taken=taken)
    answer = post(client, cohort)
    assert answer.status_code == 422
    assert words in main_of(answer)
    assert "Sample business manager" in main_of(answer)


def test_registration_that_closed_meanwhile_is_told_and_the_form_is_kept(
    client: Client, cohort: Cohort
) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(closes_at=cohort.opens_at.replace(second=59))
    answer = post(client, cohort)
    assert "Registration is not open (closed)" in main_of(answer)
    assert "Sample business manager" in main_of(answer)


def test_an_allowance_that_shrank_meanwhile_is_told(client: Client, cohort: Cohort) -> None:
    cohort.price.places_included = 1
    cohort.price.save()
    answer = post(client, cohort, attends="on")
    assert "one too many" in main_of(answer)


def test_a_free_cohort_asks_for_no_purchase_order(client: Client, cohort: Cohort) -> None:
    cohort.price.amount = 0
    cohort.price.member_waiver = False
    cohort.price.save()
    page = main_of(client.get(cohort.register_url))
    assert "Purchase-order" not in page
    assert "pay dues" not in page
    assert post(client, cohort).status_code == 302


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"website": "https://buy.example"}, "only robots fill it"),
        ({"opened": ""}, "could not be checked"),
        ({"opened": "forged"}, "could not be checked"),
    ],
)
def test_what_a_robot_sends_books_nothing_and_says_why(
    client: Client, cohort: Cohort, fields: dict[str, str], words: str
) -> None:
    assert words in main_of(post(client, cohort, **fields))
    assert not Booking.objects.exists()


def test_a_form_sent_within_a_second_is_asked_to_press_again(
    client: Client, cohort: Cohort
) -> None:
    assert post(client, cohort, opened=guard.stamp(time.time())).status_code == 422
    assert post(client, cohort, opened=opened_earlier(3)).status_code == 302


def test_a_form_from_another_site_is_refused(client: Client, cohort: Cohort) -> None:
    answer = client.post(
        cohort.register_url, registration_form(), headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert "another site" in main_of(answer)
    assert not Booking.objects.exists()


def test_an_address_that_sends_too_much_has_to_wait(client: Client, cohort: Cohort) -> None:
    for number in range(guard.BY_EMAIL.most):
        email = f"{number}@school.example"
        answer = post(client, cohort, person_1_email=email, person_2="", person_2_email="")
        assert answer.status_code == 302
    assert "Too many forms" in main_of(post(client, cohort))


@pytest.mark.parametrize("restriction", ["draft", "private"])
def test_a_cohort_of_a_programme_nobody_may_see_cannot_be_booked(
    client: Client, cohort: Cohort, restriction: str
) -> None:
    if restriction == "draft":
        cohort.programme.unpublish()
    else:
        PageViewRestriction.objects.create(
            page=cohort.programme, restriction_type=PageViewRestriction.LOGIN
        )
    assert client.get(cohort.register_url).status_code == 404
    assert post(client, cohort).status_code == 404


def test_an_unknown_cohort_is_not_found(client: Client, cohort: Cohort) -> None:
    assert client.get("/training/register/nowhere/").status_code == 404
    assert client.get("/training/register/%F0%9F%98%80/").status_code == 404


def test_other_methods_are_refused(client: Client, cohort: Cohort) -> None:
    assert client.put(cohort.register_url).status_code == 405
