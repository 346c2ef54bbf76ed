"""The words of each mail, written into the outbox with what they tell of."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from courses.enums import MessageKind
from courses.models import Booking, Cohort, OutboxMessage, Place, WaitingEntry
from courses.services.sessions import cohort_calendar, mail_lines
from courses.text import counted, one_line
from courses.when import local, moment_words


def write_confirmations(*, cohort: Cohort, booking: Booking, places: list[Place]) -> None:
    """A mail for the booker, and one for each person: nobody hears of it second-hand."""
    calendar = [
        {
            "name": "sessions.ics",
            "subtype": "calendar",
            "method": "PUBLISH",
            "content": cohort_calendar(cohort),
        }
    ]
    write(
        MessageKind.BOOKING,
        cohort=cohort,
        booking=booking,
        to=booking.booker_email,
        subject=f"Your booking {booking.reference}: {cohort.version.name}, {from_words(cohort)}",
        attachments=calendar,
        context={
            "name": booking.booker_name,
            "booking": booking,
            "places": places,
            "people": counted(len(places), "person", "people"),
            "lines": mail_lines(cohort, with_links=False),
            "url": settings.SITE_URL + booking.url,
        },
    )
    for place in places:
        write(
            MessageKind.PLACE,
            cohort=cohort,
            booking=booking,
            place=place,
            to=place.email,
            subject=f"Your place: {cohort.version.name}, {from_words(cohort)}",
            attachments=calendar,
            context={
                "name": place.name,
                "booking": booking,
                "lines": mail_lines(cohort, with_links=True),
                "url": settings.SITE_URL + place.url,
            },
        )


def write_listed(*, cohort: Cohort, entry: WaitingEntry) -> None:
    """You are on the list; or: we will tell you when it opens."""
    is_place = entry.kind == "place"
    write(
        MessageKind.WAITING if is_place else MessageKind.OPENING_NOTED,
        cohort=cohort,
        to=entry.email,
        subject=("You are on the waiting list: " if is_place else "We will tell you: ")
        + f"{cohort.version.name}, {from_words(cohort)}",
        context={
            "name": entry.name,
            "opens": moment_words(cohort.opens_at),
            "lines": mail_lines(cohort, with_links=False),
        },
    )


def write_opening(*, cohort: Cohort, entry: WaitingEntry) -> None:
    """Registration has opened: laid ready now, sent at that moment."""
    write(
        MessageKind.OPENING,
        cohort=cohort,
        to=entry.email,
        subject=f"Registration has opened: {cohort.version.name}, {from_words(cohort)}",
        context={
            "name": entry.name,
            "lines": mail_lines(cohort, with_links=False),
            "url": settings.SITE_URL + cohort.register_url,
        },
        next_try=cohort.opens_at,
    )


def write(kind: MessageKind, *, cohort: Cohort, context: dict[str, Any], **fields: Any) -> None:
    fields["subject"] = one_line(fields["subject"])[:250]
    words = {
        **context,
        "cohort": cohort,
        "programme": cohort.version.name,
        "subject": fields["subject"],
        "site_url": settings.SITE_URL,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "contact": cohort.programme.contact_email,
    }
    OutboxMessage.objects.create(
        kind=kind,
        cohort=cohort,
        reply_to=cohort.programme.contact_email,
        text=render_to_string(f"mails/courses/{kind.value}.txt", words),
        html=render_to_string(f"mails/courses/{kind.value}.html", words),
        **fields,
    )


def from_words(cohort: Cohort) -> str:
    starts = [session.starts_at for session in cohort.dated]
    return f"from {local(starts[0]):%-d %B %Y}" if starts else cohort.term
