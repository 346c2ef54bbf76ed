"""Hostile words in every field: no further header, no calendar line, no formula, no 500."""

from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import get_connection
from django.test import Client
from icalendar import Calendar

from core.models import Tally
from courses.changes import Change, What
from courses.models import Cohort, Organisation, OutboxMessage, Place
from courses.office.exports import sheet_rows
from courses.services import (
    Attendee,
    Order,
    OrganisationDetails,
    call_off_cohort,
    cancel_session,
    register,
    send_due,
)
from courses.services.notices import Readers, change_mails
from courses.services.outbox import email_for
from courses.text import csv_cell
from tests.courses.factories import (
    make_order,
    make_registration,
    registration_form,
    waiting_form,
    write_mails,
)
from tests.courses.hostile import HOSTILE

SAMPLE = HOSTILE[::29]  # of the public forms: each payload, in another carrier
FIELDS = ["organisation", "postcode", "urn", "booker", "booker_email", "person_1"]
FIELDS += ["person_1_email", "order", "opened", "key", "website"]


def mails() -> list[Any]:
    return [message_from_bytes(sent.message().as_bytes(), policy=default) for sent in mail.outbox]


@pytest.mark.parametrize("field", FIELDS)
def test_no_field_breaks_the_form_the_mail_or_the_calendar(
    client: Client, cohort: Cohort, field: str
) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(capacity=None)
    for number, words in enumerate(SAMPLE):
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
    for number, words in enumerate(SAMPLE):
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


PARTS = [pytest.param(HOSTILE[at::10], id=f"part-{at}") for at in range(10)]

# All 500, through the services -------------------------------------------------------------------


class Tags(HTMLParser):
    """What a mail program would build from the HTML: its tags, and whether any of them acts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.acts = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        links = [value or "" for name, value in attrs if name in ("href", "src")]
        self.acts |= any(name.startswith("on") for name, _ in attrs)
        self.acts |= any(link.startswith("javascript:") for link in links)


def shape(message: OutboxMessage) -> tuple[object, ...]:
    """All of a mail that no word may change: its header fields, its parts, the lines of each
    calendar file by their names, the tags of its HTML."""
    raw = email_for(message, get_connection()).message().as_bytes()
    read: Any = message_from_bytes(raw, policy=default)
    html = Tags(read.get_body(("html",)).get_content())
    calendars = [part for part in read.walk() if part.get_content_subtype() == "calendar"]
    return (
        [name for name, _ in read.items()],
        str(read["To"]),
        [(part.get_content_type(), list(part.keys())) for part in read.walk()],
        [names(part.get_payload(decode=True).decode()) for part in calendars],
        html.tags,
        html.acts,
    )


def names(calendar: str) -> list[str]:
    lines = calendar.replace("\r\n ", "").rstrip("\r\n").split("\r\n")
    return [line.partition(":")[0].partition(";")[0] for line in lines]


def test_there_are_five_hundred_of_them() -> None:
    assert len(set(HOSTILE)) == 500


@pytest.mark.parametrize("hostile", PARTS)
def test_nothing_that_people_type_changes_the_shape_of_a_mail(
    cohort: Cohort, hostile: tuple[str, ...]
) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(capacity=None)
    order = make_order("one@school.example")
    shapes = shapes_of(cohort, order)
    OutboxMessage.objects.all().delete()
    for number, words in enumerate(hostile):
        person = Attendee(words[:120], f"{number}@school.example")
        typed = replace(
            order,
            people=(person,),
            booker=Attendee(words[:120], "office@school.example"),
            organisation=OrganisationDetails(words[:160], words[:10], words[:6]),
            purchase_order=words[:60],
        )
        found = shapes_of(cohort, typed)
        assert found["booking"] == shapes["booking"], words
        assert found["place"][2:] == shapes["place"][2:], words
        assert found["place"][1] == person.email


def shapes_of(cohort: Cohort, order: Order) -> dict[str, tuple[object, ...]]:
    booking = register(cohort_id=cohort.pk, order=order, key=str(uuid4())).booking
    write_mails()
    return {message.kind: shape(message) for message in booking.messages.all()}


@pytest.mark.parametrize("hostile", PARTS)
def test_nothing_that_organisers_type_changes_the_shape_of_a_mail(
    cohort: Cohort, hostile: tuple[str, ...]
) -> None:
    """Names of programme, term, part and speaker, links and the reason of a change."""
    make_registration(cohort)
    place = Place.objects.select_related("booking__organisation").get()
    rows = Cohort.objects.select_related("version", "programme").with_sessions()
    whole = rows.get(pk=cohort.pk)
    harmless = [shape(each) for each in organisers_mails(whole, place, "Words")]
    for words in hostile:
        found = [shape(each) for each in organisers_mails(whole, place, words)]
        assert found == harmless, words


def organisers_mails(cohort: Cohort, place: Place, words: str) -> list[OutboxMessage]:
    """Nothing is saved: what stands in a mail is what the objects say."""
    cohort.term, cohort.version.name = words[:80], words[:160]
    for session in cohort.sessions.all():
        session.facilitator, session.part.title = words[:160], words[:160]
        session.part.format = words[:60]
    readers = Readers(places=[place], bookings=[], people={}, waiting=[])
    moved = Change(What.MOVED, cohort.dated[0].pk, cohort.dated[0].starts_at, words)
    gone = Change(What.CANCELLED, cohort.dated[1].pk, cohort.dated[1].starts_at, words)
    return list(change_mails(cohort, readers, [moved, gone], reason=words))


@pytest.mark.parametrize("verb", [cancel_session, call_off_cohort])
def test_a_reason_of_any_kind_is_written_as_one_line(cohort: Cohort, verb: Any) -> None:
    make_registration(cohort)
    target = {"session": cohort.dated[0]} if verb is cancel_session else {"cohort": cohort}
    verb(**target, by=None, reason="x\r\nBcc: eve@evil.example\x00<script>")
    for message in OutboxMessage.objects.filter(kind__endswith="_cancelled"):
        assert "x Bcc: eve@evil.example <script>" in message.text
        assert "<script>" not in message.html
