import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from core.models import PageLink
from courses.cards import card_for, price_points, price_rows
from courses.models import Cohort, ProgrammeIndexPage, ProgrammePage, Session
from courses.programme import parts_line, parts_title
from courses.services import call_off_cohort, cancel_session
from courses.when import LONDON, short_day_words
from tests.courses.factories import (
    at,
    make_cohort,
    make_price,
    make_programme,
    make_registration,
    make_version,
)

Queries = Callable[[int], AbstractContextManager[Any]]


def page_of(client: Client, page: Any) -> str:
    answer = client.get(page.url)
    assert answer.status_code == 200
    return str(answer.content.decode().split("<main")[1].split("</main>")[0])


def test_a_programme_shows_parts_cohorts_price_and_words(client: Client, cohort: Cohort) -> None:
    programme = cohort.programme
    programme.summary = "Five Wednesdays, online."
    programme.who_for = "<p>Teaching assistants and headteachers.</p>"
    programme.good_to_know = "Register once.\n\nSave the dates."
    programme.contact_email = "training@dixons.example"
    programme.testimonials = [quote("Teacher"), quote("Link worker", "Link worker")]
    programme.questions = [("question", {"question": "Who may come?", "answer": "<p>You.</p>"})]
    programme.save_revision().publish()
    page = page_of(client, programme)
    for words in (
        "Five parts",
        "Two hours each. One registration covers all five.",
        "One-to-ones",
        "24 of 24 places left",
        "Wednesdays" if at(timezone.now()).weekday() == 2 else "4.00 pm to 6.00 pm London time",
        "£500",
        "Two people on the training, five at the Schools Conference",
        "Teaching assistants and headteachers",
        "Save the dates.",
        "Who may come?",
        "training@dixons.example",
    ):
        assert words in page
    assert page.count("<figcaption") == 3


def quote(*people: str) -> tuple[str, dict[str, Any]]:
    said_by = [{"who": who, "role": "Sample trust"} for who in people]
    return ("quote", {"text": "We left with a plan.", "people": said_by, "is_sample": True})


def test_a_programme_without_anything_yet_still_opens(
    client: Client, programme: ProgrammePage
) -> None:
    assert "No cohort is planned" in page_of(client, programme)


def test_a_past_cohort_stands_in_the_table_with_what_it_was_given(
    client: Client, programme: ProgrammePage
) -> None:
    old = make_version(programme, "2021", name="Organising for Schools")
    first = datetime(2021, 6, 9, 16, tzinfo=LONDON)
    make_cohort(programme, starts=first, version=old, number=3, term="Summer term 2021")
    make_version(programme, "2027")
    page = page_of(client, programme)
    assert "Cohort 3, Summer term 2021" in page
    assert "9, 16, 23, 30 June, 7 July 2021" in page
    assert "BST" in page
    assert "Organising for Schools" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"seats_taken": 22}, ["Few places", "2 of 24 left", "Register for the cohort from"]),
        ({"seats_taken": 24}, ["Full", "Waiting list open", "Join the list", "No names"]),
        ({"seats_taken": 24, "has_waiting_list": False}, ["Full", "No more places"]),
        ({"capacity": None}, ["Open", "No limit published"]),
        ({"opens_at": timezone.now() + timedelta(days=3)}, ["Opens soon", "Tell me"]),
        ({"closes_at": timezone.now() - timedelta(days=1)}, ["Closed", "Registration closed on"]),
        ({"starts": at(timezone.now() - timedelta(days=2))}, ["Under way", "No more places"]),
    ],
)
def test_a_cohort_says_its_state_and_what_one_can_do(
    client: Client, programme: ProgrammePage, fields: dict[str, Any], words: list[str]
) -> None:
    make_cohort(programme, **fields)
    page = page_of(client, programme)
    for each in words:
        assert each in page


def test_a_cohort_without_dates_is_not_shown(client: Client, programme: ProgrammePage) -> None:
    cohort = make_cohort(programme, term="Undated term", weeks=0)
    assert "Undated term" not in page_of(client, programme)
    assert client.get(cohort.register_url).status_code == 200
    assert card_for(cohort, now=timezone.now()).days == []


def test_pages_that_belong_with_it_are_listed(client: Client, cohort: Cohort) -> None:
    other = make_programme("A second programme")
    PageLink.objects.create(page=other, target=cohort.programme)
    assert "A second programme" in page_of(client, cohort.programme)


def test_the_list_of_training_shows_programmes_and_the_next_cohorts(
    client: Client, cohort: Cohort
) -> None:
    soonest = make_cohort(cohort.programme, starts=at(timezone.now() + timedelta(days=9)))
    make_cohort(cohort.programme, starts=at(timezone.now() - timedelta(days=90)))
    page = page_of(client, ProgrammeIndexPage.objects.get())
    assert page.index(soonest.register_url) < page.index(cohort.register_url)
    assert page.count('class="cohort"') == 2


@pytest.mark.parametrize("hidden", ["draft", "private"])
def test_what_is_not_public_stands_in_no_list(client: Client, cohort: Cohort, hidden: str) -> None:
    other = make_programme("Secret programme")
    secret = make_cohort(other, term="Secret term")
    if hidden == "draft":
        other.unpublish()
    else:
        PageViewRestriction.objects.create(page=other, restriction_type=PageViewRestriction.LOGIN)
    PageLink.objects.create(page=other, target=cohort.programme)
    for page in (ProgrammeIndexPage.objects.get(), cohort.programme):
        words = page_of(client, page)
        assert "Secret" not in words
        assert secret.register_url not in words


def test_a_programme_costs_the_same_queries_with_one_cohort_and_with_many(
    client: Client, cohort: Cohort, django_assert_num_queries: Queries
) -> None:
    client.get(cohort.programme.url)
    with django_assert_num_queries(PROGRAMME_QUERIES):
        client.get(cohort.programme.url)
    for number in range(1, 4):
        make_cohort(cohort.programme, number=number)
        make_cohort(cohort.programme, starts=at(timezone.now() - timedelta(days=400 * number)))
    with django_assert_num_queries(PROGRAMME_QUERIES):
        client.get(cohort.programme.url)


def test_the_list_of_training_costs_the_same_queries_with_many_programmes(
    client: Client, cohort: Cohort, django_assert_num_queries: Queries
) -> None:
    index = ProgrammeIndexPage.objects.get()
    client.get(index.url)
    with django_assert_num_queries(INDEX_QUERIES):
        client.get(index.url)
    for number in range(3):
        make_cohort(make_programme(f"Programme {number}"))
    with django_assert_num_queries(INDEX_QUERIES):
        client.get(index.url)


# Both with settings, navigation and site root, which every page needs.
PROGRAMME_QUERIES = 9
INDEX_QUERIES = 8


def test_a_price_without_waiver_is_one_row(programme: ProgrammePage) -> None:
    price = make_price(programme, member_waiver=False, credited_later=False, conference="")
    (row,) = price_rows(price)
    assert (row.who, row.cost, row.covers) == (
        "Every organisation",
        "£500",
        "Two people on the training",
    )
    assert price_points(price) == ["Invoice by mail, nothing to pay today"]


def test_a_free_price_says_that_there_is_nothing_to_pay(programme: ProgrammePage) -> None:
    price = make_price(programme, amount=0, member_waiver=False)
    assert "Nothing to pay" in price_points(price)


def test_parts_of_different_length_are_not_said_to_be_alike(programme: ProgrammePage) -> None:
    version = make_version(programme)
    version.parts.filter(title="Leaders").update(minutes=45)
    version = programme.versions.get()
    assert parts_line(version) == "One registration covers all five."
    assert parts_title(None) == "No parts"


def test_a_booking_changes_what_the_card_says(cohort: Cohort) -> None:
    make_registration(cohort)
    cohort.refresh_from_db()
    assert card_for(cohort, now=timezone.now()).detail == "23 of 24 places left"


def test_a_cohort_that_is_called_off_stays_to_be_found_and_says_so(
    client: Client, cohort: Cohort
) -> None:
    call_off_cohort(cohort=cohort, by=None)
    page = page_of(client, cohort.programme)
    assert "Called off" in page
    assert "Does not take place" in page
    assert page.count('class="dates__day"') == 5
    assert "Next cohort with places" not in page
    assert "This cohort is called off" in page_at(client, cohort.register_url)


def test_a_cohort_called_off_stands_in_no_table_of_what_was_given(
    client: Client, cohort: Cohort
) -> None:
    call_off_cohort(cohort=cohort, by=None)
    Session.objects.update(
        starts_at=timezone.now() - timedelta(days=9), ends_at=timezone.now() - timedelta(days=8)
    )
    assert cohort.term not in page_of(client, cohort.programme)


def test_a_cancelled_session_is_said_and_no_longer_among_the_dates(
    client: Client, cohort: Cohort
) -> None:
    gone = cohort.dated[1]
    cancel_session(session=gone, by=None)
    page = page_of(client, cohort.programme)
    assert f"The session of {short_day_words(gone.starts_at)} is cancelled" in page
    assert page.count('class="dates__day"') == 2 * 4  # beside the title, and in the list


def test_people_of_a_cohort_that_is_called_off_read_it_on_their_pages(
    client: Client, cohort: Cohort
) -> None:
    booking = make_registration(cohort).booking
    call_off_cohort(cohort=cohort, by=None)
    for url in (booking.url, booking.places.get().url):
        assert "This cohort is called off" in page_at(client, url)


def page_at(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def told(client: Client, programme: ProgrammePage) -> list[dict[str, Any]]:
    page = client.get(programme.url).content.decode()
    scripts = re.findall(
        r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.DOTALL
    )
    return [json.loads(script) for script in scripts]


def test_machines_read_a_course_with_an_instance_for_each_coming_cohort(
    client: Client, cohort: Cohort
) -> None:
    make_cohort(cohort.programme, seats_taken=24)
    make_cohort(cohort.programme, starts=at(timezone.now() - timedelta(days=400)))
    course, crumbs = told(client, cohort.programme)
    assert course["@type"] == "Course"
    assert course["name"] == cohort.programme.title
    first, full = course["hasCourseInstance"]
    assert first["@type"] == "CourseInstance"
    assert first["courseWorkload"] == "PT600M"
    assert first["startDate"] == cohort.dated[0].starts_at.astimezone(LONDON).isoformat()
    assert first["offers"]["price"] == "500.00"
    assert first["offers"]["url"].endswith(cohort.register_url)
    assert full["offers"]["availability"] == "https://schema.org/SoldOut"
    assert crumbs["@type"] == "BreadcrumbList"


def test_no_words_break_out_of_what_machines_read(client: Client, cohort: Cohort) -> None:
    cohort.programme.title = "</script><script>alert(1)</script>"
    cohort.programme.save_revision().publish()
    assert told(client, cohort.programme)[0]["name"] == cohort.programme.title
