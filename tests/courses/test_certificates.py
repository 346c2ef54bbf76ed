"""Certificates: what was attended, once, after the last session; what strangers see of it."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader
from wagtail.models import ModelLogEntry

from courses.models import Attendance, Certificate, Cohort, OutboxMessage, ProgrammePage, Session
from courses.services import cancel_place
from courses.services.certificates import (
    NothingAttended,
    NotOverYet,
    issue,
    issue_for,
    standings,
    withdraw,
)
from courses.services.errors import NothingToChange
from tests.courses.desk import (
    log_in,
    log_in_wrong,
    make_past_cohort,
    note,
    places_of,
    queries_of,
    shift,
    url,
)
from tests.courses.hostile import HOSTILE

OTHER_LETTERS = (
    "محمد علي",
    "נעמי",
    "Ελένη",
    "Łucja",
    "Nguyễn",
    "李小龙",
    "👩🏽‍🏫",
    "\u202eZoë",
    "\ud7ff",
    " ",
)


@pytest.fixture
def past(programme: ProgrammePage) -> Cohort:
    """Amina came to two sessions, Ben to one and not to another, of Cara nothing is known."""
    cohort = make_past_cohort(programme)
    amina, ben, _ = places_of(cohort)
    note(cohort.dated[0], amina)
    note(cohort.dated[2], amina)
    note(cohort.dated[0], ben)
    note(cohort.dated[1], ben, "absent")
    OutboxMessage.objects.all().delete()
    return cohort


def test_a_certificate_says_what_was_attended(past: Cohort) -> None:
    place = places_of(past)[0]
    made = issue(place=place)
    assert (made.name, made.programme, made.cohort) == (
        place.name,
        "Community Organising in Schools",
        past.title,
    )
    assert made.minutes == 240
    assert [line["title"] for line in made.sessions] == ["Change and power", "The cycle of action"]
    assert {line["minutes"] for line in made.sessions} == {120}


def test_issuing_for_all_leaves_out_who_did_not_come(past: Cohort) -> None:
    user = log_in(Client())
    assert issue_for(cohort=past, by=user) == 2
    amina, ben, _ = places_of(past)
    assert {each.place for each in Certificate.objects.all()} == {amina, ben}
    entry = ModelLogEntry.objects.get(action="courses.certificates_issued")
    assert entry.data == {"places": [amina.pk, ben.pk]}


def test_issuing_again_issues_nothing_and_writes_to_nobody(past: Cohort) -> None:
    first = issue(place=places_of(past)[0])
    assert issue(place=places_of(past)[0]) == first
    assert issue_for(cohort=past) == 1
    assert issue_for(cohort=past) == 0
    assert OutboxMessage.objects.filter(kind="certificate").count() == 2


def test_the_mail_leads_to_the_person_s_page_and_to_the_public_one(past: Cohort) -> None:
    place = places_of(past)[0]
    made = issue(place=place)
    mail = OutboxMessage.objects.get(kind="certificate")
    assert mail.to == place.email
    for words in (mail.text, mail.html):
        assert place.url in words
        assert made.url in words


def test_there_is_none_before_the_last_session_has_ended(past: Cohort) -> None:
    last = past.dated[-1]
    with pytest.raises(NotOverYet):
        issue(place=places_of(past)[0], now=last.ends_at - timedelta(seconds=1))
    with pytest.raises(NotOverYet):
        issue_for(cohort=past, now=last.ends_at - timedelta(seconds=1))
    assert issue_for(cohort=past, now=last.ends_at) == 2


def test_a_cancelled_session_counts_for_nobody(past: Cohort) -> None:
    Session.objects.filter(pk=past.dated[2].pk).update(state="cancelled")
    assert issue(place=places_of(past)[0]).minutes == 120


def test_there_is_none_for_nothing_or_for_a_place_given_up(past: Cohort) -> None:
    amina, _, cara = places_of(past)
    cancel_place(place=amina, by=log_in(Client()))
    for place in (amina, cara):
        with pytest.raises(NothingAttended):
            issue(place=place)


def test_a_correction_leaves_the_certificate_and_is_pointed_out(past: Cohort) -> None:
    place = places_of(past)[0]
    made = issue(place=place)
    assert not standings(past)[0].differs
    Attendance.objects.filter(place=place).earliest("pk").delete()
    standing = next(each for each in standings(past) if each.place == place)
    assert standing.differs
    made.refresh_from_db()
    assert (made.minutes, made.withdrawn_at) == (240, None)


def test_a_withdrawn_one_gives_way_to_a_new_one_and_forgets_the_name(past: Cohort) -> None:
    place = places_of(past)[0]
    old = issue(place=place)
    withdraw(certificate=old, by=log_in(Client()))
    assert issue_for(cohort=past) == 1  # Ben's: to make Amina's anew is a decision of its own
    place.refresh_from_db()
    new = issue(place=place)
    old.refresh_from_db()
    assert new.code != old.code
    assert (old.place, old.name) == (None, "")
    entry = ModelLogEntry.objects.get(action="courses.certificate_withdrawn")
    assert entry.data == {"place": place.pk}


def test_one_is_withdrawn_once(past: Cohort) -> None:
    made = issue(place=places_of(past)[0])
    user = log_in(Client())
    withdraw(certificate=made, by=user)
    with pytest.raises(NothingToChange):
        withdraw(certificate=made, by=user)


# What strangers see ------------------------------------------------------------------------------


def test_the_public_page_says_what_the_certificate_says_and_no_more(
    client: Client, past: Cohort
) -> None:
    place = places_of(past)[0]
    made = issue(place=place)
    answer = client.get(made.url)
    page = answer.content.decode()
    assert place.name in page
    assert "4 hours" in page
    organisation = place.booking.organisation
    for secret in (place.email, place.token, organisation.name, place.booking.reference):
        assert secret not in page
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert 'name="robots" content="noindex' in page


def test_a_wrong_number_looks_as_any_other_wrong_number(client: Client, past: Cohort) -> None:
    made = issue(place=places_of(past)[0])
    wrong = [made.url.replace(made.code, code) for code in ("AAAAA-AAAAA", "x", made.code[:-1])]
    for page in (client.get(address) for address in wrong):
        assert page.status_code == 404
        assert made.name not in page.content.decode()
        assert "ertificate" not in re.sub(r"training.certificate", "", page.content.decode())
    assert client.get(f"{wrong[0]}paper.pdf").status_code == 404


def test_a_withdrawn_one_says_so_and_names_nobody(client: Client, past: Cohort) -> None:
    place = places_of(past)[0]
    made = issue(place=place)
    withdraw(certificate=made, by=log_in(Client()))
    page = client.get(made.url).content.decode()
    assert "was withdrawn" in page
    assert place.name not in page
    assert "Community Organising" not in page
    assert client.get(f"{made.url}paper.pdf").status_code == 404


def paper(client: Client, made: Certificate) -> PdfReader:
    answer = client.get(f"{made.url}paper.pdf")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert "noindex" in answer["X-Robots-Tag"]
    return PdfReader(BytesIO(answer.content))


def test_the_paper_holds_the_same_words_and_is_tagged(client: Client, past: Cohort) -> None:
    made = issue(place=places_of(past)[0])
    reader = paper(client, made)
    text = reader.pages[0].extract_text()
    for words in (made.name, made.programme, "4 hours", made.code, "The cycle of action"):
        assert words in text
    assert made.url in text.replace("\n", "")
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata
    assert made.name in str(reader.metadata.title)
    document = root["/StructTreeRoot"]["/K"][0].get_object()
    kinds = {each.get_object()["/S"] for each in document["/K"]}
    assert {"/H1", "/H2", "/P"} <= kinds
    page: Any = reader.pages[0]
    fonts = page["/Resources"]["/Font"]
    assert all("Archivo" in font.get_object()["/BaseFont"] for font in fonts.values())


def test_no_name_breaks_the_paper(client: Client, past: Cohort) -> None:
    made = issue(place=places_of(past)[0])
    for name in (*HOSTILE[::11], *OTHER_LETTERS):  # each payload, in one carrier or another
        Certificate.objects.filter(pk=made.pk).update(name=name.replace("\x00", "")[:120])
        assert client.get(f"{made.url}paper.pdf").status_code == 200, name
        assert client.get(made.url).status_code == 200, name


def test_many_sessions_go_on_to_a_second_page(client: Client, past: Cohort) -> None:
    made = issue(place=places_of(past)[0])
    line = {"day": "1 May 2027", "title": "", "minutes": 45}
    Certificate.objects.filter(pk=made.pk).update(sessions=[line] * 40)
    reader = paper(client, made)
    assert len(reader.pages) > 1
    text = "".join(page.extract_text() for page in reader.pages)
    assert text.count("45 minutes") == 40


# The organisers' page ----------------------------------------------------------------------------


def test_an_organiser_issues_withdraws_and_issues_anew(client: Client, past: Cohort) -> None:
    log_in(client)
    place = places_of(past)[0]
    page = url("certificates", past.pk)
    assert "Issue 2 certificates" in client.get(page).content.decode()
    client.post(page)
    assert Certificate.objects.count() == 2
    client.post(page, {"withdraw": place.pk})
    assert Certificate.objects.get(place=place).withdrawn_at
    client.post(page, {"issue": place.pk})
    assert not Certificate.objects.get(place=place).withdrawn_at


def test_what_cannot_be_done_is_said(client: Client, past: Cohort) -> None:
    log_in(client)
    cara = places_of(past)[2]
    page = url("certificates", past.pk)
    for form, words in (
        ({"issue": cara.pk}, "Nothing is noted"),
        ({"withdraw": cara.pk}, "done already"),
    ):
        assert words in client.post(page, form, follow=True).content.decode()
    assert client.post(page, {"issue": "x"}).status_code == 404
    shift(past, to=timezone.now() - timedelta(days=1))
    assert "after the last session only" in client.post(page, follow=True).content.decode()
    assert not Certificate.objects.exists()


def test_a_place_of_another_cohort_is_not_certified_here(
    client: Client, past: Cohort, programme: ProgrammePage
) -> None:
    log_in(client)
    other = make_past_cohort(programme, ["other@school.example"])
    place = places_of(other)[0]
    note(other.dated[0], place)
    assert client.post(url("certificates", past.pk), {"issue": place.pk}).status_code == 404
    assert not Certificate.objects.exists()


def test_the_page_costs_the_same_for_many(client: Client, past: Cohort) -> None:
    log_in(client)
    few = queries_of(client, url("certificates", past.pk))
    for number in range(4):
        place = places_of(past)[0]
        place.pk, place.email, place.token = None, f"{number}@x.example", f"token-{number}"
        place.save()
        note(past.dated[number], place)
    issue_for(cohort=past)
    assert queries_of(client, url("certificates", past.pk)) == few


def test_staff_of_other_things_can_neither_look_nor_issue(client: Client, past: Cohort) -> None:
    log_in_wrong(client)
    assert client.get(url("certificates", past.pk)).status_code == 302
    client.post(url("certificates", past.pk))
    assert not Certificate.objects.exists()
