"""Mails about bookings, places and lists, laid into the outbox with what they tell of."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from courses.enums import MessageKind, PlaceState
from courses.models import Booking, Cohort, OutboxMessage, Place, Session, WaitingEntry
from courses.services.sessions import cancellation, mail_lines, mailed_calendar
from courses.text import counted, one_line
from courses.when import local, moment_words


def confirmations(*, cohort: Cohort, booking: Booking, places: list[Place]) -> list[OutboxMessage]:
    """A mail for the booker, and one for each person: nobody hears of it second-hand.

    Nothing is in the database yet, and the words are not written yet: courses/services/wording.py.
    """
    booker = OutboxMessage(
        kind=MessageKind.BOOKING,
        cohort=cohort,
        booking=booking,
        to=booking.booker_email,
        subject=subject(f"Your booking {booking.reference}", cohort),
    )
    return [booker, *(confirmation(cohort=cohort, place=place) for place in places)]


def confirmation(*, cohort: Cohort, place: Place) -> OutboxMessage:
    """To a person: you have a place; or, you have one already."""
    is_repeated = place.state == PlaceState.REPEATED
    return OutboxMessage(
        kind=MessageKind.REPEATED if is_repeated else MessageKind.PLACE,
        cohort=cohort,
        booking=place.booking,
        place=place,
        to=place.email,
        subject=subject("You have a place already" if is_repeated else "Your place", cohort),
    )


def write_place(*, cohort: Cohort, place: Place) -> None:
    """As when it was booked: for somebody who got it later."""
    confirmation(cohort=cohort, place=place).save()


def write_place_cancelled(*, cohort: Cohort, place: Place) -> None:
    """To a person whose place was cancelled or given to a colleague."""
    write(
        MessageKind.PLACE_CANCELLED,
        cohort=cohort,
        booking=place.booking,
        place=place,
        to=place.email,
        subject=subject("Your place is cancelled", cohort),
        attachments=cancelled(cohort, to_come(cohort)),
        context={
            "name": place.name,
            "booking": place.booking,
            "lines": mail_lines(cohort, with_links=False),
        },
    )


def write_place_moved(*, place: Place, old: Cohort, new: Cohort) -> None:
    """To a person who is on another cohort now: the new dates with everything."""
    write(
        MessageKind.PLACE_CHANGED,
        cohort=new,
        booking=place.booking,
        place=place,
        to=place.email,
        subject=subject("Your place has moved", new),
        attachments=[attached(new), *cancelled(old, to_come(old))],
        context={
            "name": place.name,
            "booking": place.booking,
            "old": old,
            "lines": mail_lines(new, with_links=True),
            "url": settings.SITE_URL + place.url,
        },
    )


def write_booking_changed(
    *,
    cohort: Cohort,
    booking: Booking,
    people: Sequence[Any] | None = None,
    news: Sequence[str] = (),
) -> None:
    """To the booker: what has changed, and who has a place now; with nobody left it is cancelled.

    `people`: the places, unless more is to be said of them than stands there.
    """
    if people is None:
        people = list(booking.places.filter(state__in=PlaceState.with_seat()))
    state = "has changed" if people else "is cancelled"
    write(
        MessageKind.BOOKING_CHANGED,
        cohort=cohort,
        booking=booking,
        to=booking.booker_email,
        subject=f"Your booking {booking.reference} {state}: {cohort.version.name}",
        context={**words_for_booker(cohort, booking, people), "news": news},
    )


def words_for_booker(cohort: Cohort, booking: Booking, places: Sequence[Any]) -> dict[str, Any]:
    return {
        "name": booking.booker_name,
        "booking": booking,
        "places": places,
        "people": counted(len(places), "person", "people"),
        "lines": mail_lines(cohort, with_links=False),
        "url": settings.SITE_URL + booking.url,
    }


def write_offer(*, cohort: Cohort, entry: WaitingEntry) -> None:
    """A place came free and is kept until `offer_ends_at`; later the mail would be wrong."""
    write(
        MessageKind.OFFER,
        cohort=cohort,
        entry=entry,
        to=entry.email,
        subject=subject("A place is kept for you", cohort),
        not_after=entry.offer_ends_at,
        context={
            "name": entry.name,
            "until": moment_words(entry.offer_ends_at) if entry.offer_ends_at else "",
            "lines": mail_lines(cohort, with_links=False),
            "url": settings.SITE_URL + entry.url,
        },
    )


def write_offer_over(*, cohort: Cohort, entry: WaitingEntry) -> None:
    """The offer ran out, and the place went to the next."""
    write(
        MessageKind.OFFER_OVER,
        cohort=cohort,
        entry=entry,
        to=entry.email,
        subject=subject("The offer of a place has run out", cohort),
        context={"name": entry.name, "lines": mail_lines(cohort, with_links=False)},
    )


def write_listed(*, cohort: Cohort, entry: WaitingEntry, again: bool = False) -> None:
    """You are on the list; or: we will tell you when it opens. `again`: as you were before."""
    is_place = entry.kind == "place"
    title = "You are on the waiting list" if is_place else "We will tell you"
    write(
        MessageKind.WAITING if is_place else MessageKind.OPENING_NOTED,
        cohort=cohort,
        entry=entry,
        to=entry.email,
        subject=subject(f"{title}{' already' * (again and is_place)}", cohort),
        context={
            "again": again,
            "name": entry.name,
            "url": settings.SITE_URL + entry.url,
            "opens": moment_words(cohort.opens_at),
            "lines": mail_lines(cohort, with_links=False),
        },
    )


def write_opening(
    *, cohort: Cohort, entry: WaitingEntry, instead_of: OutboxMessage | None = None
) -> None:
    """Registration has opened: laid ready now, sent at that moment.

    `instead_of` lies ready already, with dates that have changed since.
    """
    mail = compose(
        MessageKind.OPENING,
        cohort=cohort,
        entry=entry,
        to=entry.email,
        subject=subject("Registration has opened", cohort),
        context={
            "name": entry.name,
            "lines": mail_lines(cohort, with_links=False),
            "url": settings.SITE_URL + cohort.register_url,
        },
        next_try=cohort.opens_at,
    )
    if instead_of:
        mail.pk, mail.message_id = instead_of.pk, instead_of.message_id
        mail.save(update_fields=["subject", "text", "html"])
    else:
        mail.save()


def write(kind: MessageKind, *, cohort: Cohort, context: dict[str, Any], **fields: Any) -> None:
    compose(kind, cohort=cohort, context=context, **fields).save()


def compose(
    kind: MessageKind, *, cohort: Cohort, context: dict[str, Any], **fields: Any
) -> OutboxMessage:
    """A finished mail that is not in the database yet. Its words are rendered here and now."""
    mail = OutboxMessage(kind=kind, cohort=cohort, **fields)
    mail.subject = one_line(mail.subject)[:250]
    render(mail, cohort, context)
    return mail


def render(mail: OutboxMessage, cohort: Cohort, context: dict[str, Any]) -> None:
    """Fill in the words by the templates of its kind."""
    mail.reply_to = cohort.programme.contact_email
    words = {
        "moved": (),
        **context,
        "cohort": cohort,
        "programme": cohort.version.name,
        "subject": mail.subject,
        "site_url": settings.SITE_URL,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "contact": mail.reply_to,
    }
    mail.text = render_to_string(f"mails/courses/{mail.kind}.txt", words)
    mail.html = render_to_string(f"mails/courses/{mail.kind}.html", words)


def subject(what: str, cohort: Cohort) -> str:
    return one_line(f"{what}: {cohort.version.name}, {from_words(cohort)}")[:250]


def attached(cohort: Cohort) -> dict[str, str]:
    return {
        "name": "sessions.ics",
        "subtype": "calendar",
        "method": "PUBLISH",
        "content": mailed_calendar(cohort, now=timezone.now()),
    }


def cancelled(cohort: Cohort, sessions: Iterable[Session]) -> list[dict[str, str]]:
    """A file for each session that goes: that is what RFC 5546 asks for."""
    return [
        {
            "name": f"cancelled-{number}.ics",
            "subtype": "calendar",
            "method": "CANCEL",
            "content": cancellation(cohort, session, now=timezone.now()),
        }
        for number, session in enumerate(sessions, start=1)
    ]


def to_come(cohort: Cohort) -> list[Session]:
    """What stands in the calendar of somebody who goes, and will not be theirs."""
    return [session for session in cohort.dated if session.ends_at > timezone.now()]


def from_words(cohort: Cohort) -> str:
    starts = [session.starts_at for session in cohort.dated]
    return f"from {local(starts[0]):%-d %B %Y}" if starts else cohort.term
