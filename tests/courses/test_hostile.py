"""Hostile words in every field: no further header, no calendar line, no formula, no 500."""

from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from icalendar import Calendar

from core.models import Tally
from courses.models import Cohort, Organisation, Place
from courses.office.exports import sheet_rows
from courses.services import send_due
from courses.text import csv_cell
from tests.courses.factories import registration_form, waiting_form

HOSTILE = [
    "x\r\nBcc: eve@evil.example",
    "x\nSubject: other",
    "x\x00y",
    "=HYPERLINK(1)",
    "+cmd|' /C calc'!A0",
    "-1+1",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7|add:7 }}{% now 'Y' %}",
    "'; DROP TABLE courses_booking; --",
    "x\r\nATTENDEE:mailto:eve@evil.example",
    "x\u2028END:VEVENT",
    "\u202etxet desrever",
    "👩‍👩‍👧‍👦 Zoë",
    "a" * 10_000,
    "\ud7ff\ufffe",
    "%s %(name)s {0}",
]
FIELDS = ["organisation", "postcode", "urn", "booker", "booker_email", "person_1"]
FIELDS += ["person_1_email", "order", "opened", "key", "website"]


def mails() -> list[Any]:
    return [message_from_bytes(sent.message().as_bytes(), policy=default) for sent in mail.outbox]


@pytest.mark.parametrize("field", FIELDS)
def test_no_field_breaks_the_form_the_mail_or_the_calendar(
    client: Client, cohort: Cohort, field: str
) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(capacity=None)
    for number, words in enumerate(HOSTILE):
        Tally.objects.all().delete()  # the limit an hour is not what is tried here
        people = {f"person_{row}_email": f"{number}-{row}@school.example" for row in (1, 2)}
        answer = client.post(cohort.register_url, registration_form(**people | {field: words}))
        assert answer.status_code in (302, 422), words
    send_due()
    for sent in mails():
        assert_clean(sent)
    assert all(not csv_cell(value).startswith(("=", "+", "-", "@")) for value in cells(cohort))


def assert_clean(sent: Any) -> None:
    """One recipient, one subject, five events, nothing live in the HTML."""
    assert sent.get_all("To") == [str(sent["To"])]
    assert sent["Bcc"] is None
    assert len(sent.get_all("Subject")) == 1
    assert "evil.example" not in str(sent["To"])
    for part in sent.walk():
        if part.get_content_subtype() == "calendar":
            events = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
            assert len(events) == 5
            assert not any("ATTENDEE" in event for event in events)
    html = sent.get_body(("html",)).get_content()
    assert "<script>" not in html
    assert "<img" not in html


def cells(cohort: Cohort) -> list[object]:
    return [value for row in sheet_rows(Place.objects.filter(cohort=cohort)) for value in row]


@pytest.mark.parametrize("field", ["name", "email", "organisation", "opened", "key"])
def test_no_field_breaks_the_list(client: Client, cohort: Cohort, field: str) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(seats_taken=24)
    for number, words in enumerate(HOSTILE):
        Tally.objects.all().delete()
        form = waiting_form(**{"email": f"{number}@school.example", field: words})
        answer = client.post(f"{cohort.register_url}list/", form)
        assert answer.status_code in (302, 422), words
    send_due()
    for sent in mails():
        assert_clean(sent)


def test_ten_thousand_characters_are_refused_with_their_number_and_kept(
    client: Client, cohort: Cohort
) -> None:
    answer = client.post(cohort.register_url, registration_form(organisation="a" * 10_000))
    page = answer.content.decode()
    assert "At most 160 characters; this has 10000." in page
    assert "a" * 10_000 in page


def test_a_broken_name_arrives_as_one_clean_line(client: Client, cohort: Cohort) -> None:
    client.post(cohort.register_url, registration_form(person_1="Ann\r\nBcc: x\x00 Smith"))
    assert Place.objects.get(email="teacher@school.example").name == "Ann Bcc: x Smith"


def test_what_an_editor_writes_cannot_break_a_mail_either(client: Client, cohort: Cohort) -> None:
    cohort.version.name = "Course\r\nBcc: eve@evil.example"
    cohort.version.save()
    client.post(cohort.register_url, registration_form())
    send_due()
    assert mails()
    assert all(sent["Bcc"] is None for sent in mails())


def test_an_organisation_of_signs_is_one_organisation(client: Client, cohort: Cohort) -> None:
    client.post(cohort.register_url, registration_form(organisation="' OR 1=1 --"))
    assert Organisation.objects.get().name == "' OR 1=1 --"
