"""Mails to everybody on a cohort: its dates have changed, or it was called off."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from courses.changes import Change, What
from courses.enums import MessageKind
from courses.models import Booking, Cohort, OutboxMessage, Place, Session, WaitingEntry
from courses.services.confirmations import attached, cancelled, compose, from_words, write_opening
from courses.services.outbox import keep_in_order, unsent
from courses.services.sessions import SessionLine, mail_lines
from courses.text import joined
from courses.when import date_words

Lines = tuple[SessionLine, ...]
DATES = (What.MOVED, What.ADDED, What.CANCELLED, What.TITLE)  # what stands in a calendar


@dataclass(slots=True)
class Readers:
    """Who is told. `people` names those of each booking, by its key."""

    places: list[Place]
    bookings: list[Booking]
    people: dict[int, list[str]]
    waiting: list[WaitingEntry]


@dataclass(frozen=True, slots=True)
class Notice:
    """What all mails of one change share."""

    cohort: Cohort
    kind: MessageKind
    subject: str
    heading: str
    words: dict[str, Any]
    attachments: list[dict[str, str]]
    session_id: int | None = None

    def to_place(self, place: Place, lines: Lines) -> OutboxMessage:
        return self.mail(
            place.email,
            {"name": place.name, "lines": lines, "place": place, "booking": place.booking},
            url=place.url,
            place=place,
            booking=place.booking,
        )

    def to_booker(self, booking: Booking, lines: Lines, people: list[str]) -> OutboxMessage:
        words = {"name": booking.booker_name, "lines": lines, "booking": booking}
        words["people"] = joined(people)
        return self.mail(booking.booker_email, words, url=booking.url, booking=booking)

    def to_entry(self, entry: WaitingEntry, lines: Lines) -> OutboxMessage:
        words = {"name": entry.name, "lines": lines, "entry": entry}
        return self.mail(entry.email, words, url=entry.url, entry=entry)

    def mail(self, to: str, words: dict[str, Any], *, url: str, **rows: Any) -> OutboxMessage:
        entry = rows.get("entry")
        return compose(
            self.kind,
            cohort=self.cohort,
            to=to,
            subject=self.subject,
            attachments=[] if entry else self.attachments,
            session_id=self.session_id,
            context={
                "heading": self.heading,
                "url": settings.SITE_URL + url,
                **self.words,
                **words,
            },
            **rows,
        )


def tell_changes(cohort: Cohort, readers: Readers, found: list[Change], *, reason: str) -> None:
    """One mail each, however much has changed. A new joining link concerns only who attends."""
    keep_in_order(cohort.pk)
    OutboxMessage.objects.bulk_create(change_mails(cohort, readers, found, reason))
    rewrite_openings(cohort)


def change_mails(
    cohort: Cohort, readers: Readers, found: list[Change], reason: str
) -> Iterator[OutboxMessage]:
    lines, bare = mail_lines(cohort, with_links=True), mail_lines(cohort, with_links=False)
    notice = change_notice(cohort, found, reason)
    for place in readers.places:
        yield notice.to_place(place, lines)
    dates = [change for change in found if change.what in DATES]
    if not dates:
        readers.bookings, readers.waiting = [], []
        return
    notice = change_notice(cohort, dates, reason)
    for booking in readers.bookings:
        yield notice.to_booker(booking, bare, readers.people[booking.pk])
    for entry in readers.waiting:
        yield notice.to_entry(entry, bare)


def change_notice(cohort: Cohort, found: list[Change], reason: str) -> Notice:
    kinds = {change.what for change in found}
    only = found[0] if len(found) == 1 else None
    heading = HEADINGS[only.what] if only else "The sessions have changed"
    days = f", {date_words(only.starts_at)}" if only else f", {from_words(cohort)}"
    gone = {change.session for change in found if change.what == What.CANCELLED}
    sessions = [each for each in cohort.sessions.all() if each.pk in gone]
    publish = [attached(cohort)] if kinds & {What.MOVED, What.ADDED, What.TITLE} else []
    return Notice(
        cohort=cohort,
        kind=MessageKind.SESSION_CANCELLED
        if kinds == {What.CANCELLED}
        else MessageKind.SESSION_MOVED,
        subject=f"{heading}: {cohort.version.name}{days}",
        heading=heading,
        words={
            "changes": [change.words for change in found],
            "moved": tuple(change.session for change in found if change.what == What.MOVED),
            "reason": reason,
            "has_calendar": bool(publish or sessions),
        },
        attachments=[*publish, *cancelled(cohort, sessions)],
        session_id=only.session if only else None,
    )


HEADINGS = {
    What.MOVED: "A session has moved",
    What.ADDED: "There is one more session",
    What.CANCELLED: "A session is cancelled",
    What.TITLE: "A session has changed",
    What.LINK: "A new joining link",
}


def tell_called_off(
    cohort: Cohort, readers: Readers, ended: list[Session], *, reason: str, has_begun: bool
) -> None:
    """To people, to who booked for them, and to everybody on its lists."""
    lines = mail_lines(cohort, with_links=False)
    notice = Notice(
        cohort=cohort,
        kind=MessageKind.COHORT_CANCELLED,
        subject=f"Called off: {cohort.version.name}, {first_words(cohort, ended)}",
        heading="The cohort is called off",
        words={"reason": reason, "has_begun": has_begun},
        attachments=cancelled(cohort, ended),
    )
    mails = [notice.to_place(place, lines) for place in readers.places]
    for booking in readers.bookings:
        booking.refresh_from_db(fields=["invoice_state"])
        mails.append(notice.to_booker(booking, lines, readers.people[booking.pk]))
    mails += [notice.to_entry(entry, lines) for entry in readers.waiting]
    OutboxMessage.objects.bulk_create(mails)


def first_words(cohort: Cohort, ended: list[Session]) -> str:
    return f"from {date_words(ended[0].starts_at)}" if ended else cohort.term


def rewrite_openings(cohort: Cohort) -> None:
    """The mails that announce an opening lie ready, with the dates in them: they say the new."""
    ready = unsent(cohort.pk).filter(kind=MessageKind.OPENING).select_related("entry")
    for mail in ready:
        if mail.entry:
            write_opening(cohort=cohort, entry=mail.entry, instead_of=mail)
