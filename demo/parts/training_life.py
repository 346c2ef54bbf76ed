"""What has happened on the sample cohorts so far: who came, what was written, what was certified.

All of it is marked as sample. Its mails stand in the outbox as sent and never leave: every address
ends in .example, which belongs to nobody.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from courses.enums import AttendanceState, MessageState, SessionState, WaitingState
from courses.models import Attendance, Cohort, OutboxMessage, Place, Session, WaitingEntry
from courses.services.announcements import Words, announce
from courses.services.audiences import audiences, recipients
from courses.services.certificates import issue_for
from courses.services.confirmations import write_offer
from courses.services.wording import put_into_words

THANKS = Words(
    "Thank you, and what comes next",
    "Thank you for five Wednesdays of your time.\n\n"
    "Your certificate follows by mail. The programme’s page says when the next cohort begins; tell"
    " a colleague about it.",
)
BEFORE = Words(
    "Before our first Wednesday",
    "Please bring one thing that you would like to change in your school, small enough to begin"
    " this term.\n\nThere is nothing else to prepare.",
)


def enliven(cohort: Cohort, name: str) -> None:
    """`name` is the plan's."""
    now = timezone.now()
    spread_registrations(cohort, now)
    happening = HAPPENINGS.get(name)
    if happening:
        happening(Cohort.objects.with_sessions().get(pk=cohort.pk), now)
    mails = OutboxMessage.objects.filter(cohort=cohort)
    for mail in mails.filter(text=""):
        put_into_words(mail)
    mails.update(state=MessageState.SENT, sent_at=now)


def spread_registrations(cohort: Cohort, now: datetime) -> None:
    """From the opening on, more in the first days than later; two of a school together."""
    places = list(Place.objects.filter(cohort=cohort).select_related("booking"))
    first = cohort.dated[0].starts_at if cohort.dated else now
    span = min(now, first) - cohort.opens_at
    for number, place in enumerate(places):
        share = ((number // 2 * 2 + 1) / (len(places) + 1)) ** 2
        place.created_at = place.booking.created_at = cohort.opens_at + span * share
        place.booking.save(update_fields=["created_at"])
    Place.objects.bulk_update(places, ["created_at"])


def over(cohort: Cohort, now: datetime) -> None:
    """The third session was cancelled; most came to the others."""
    third = cohort.dated[2]
    Session.objects.filter(pk=third.pk).update(state=SessionState.CANCELLED, sequence=1)
    ended = Cohort.objects.with_sessions().get(pk=cohort.pk)
    note_all(ended, now)
    write_to(ended, THANKS)
    issue_for(cohort=ended)


def under_way(cohort: Cohort, now: datetime) -> None:
    note_all(cohort, now)


def few(cohort: Cohort, now: datetime) -> None:
    write_to(cohort, BEFORE)


def full(cohort: Cohort, now: datetime) -> None:
    """One place was given up, and its seat is kept for the first of the list."""
    given_up = Place.objects.filter(cohort=cohort).latest("pk")
    Place.objects.filter(pk=given_up.pk).update(state="cancelled", cancelled_at=now)
    entry = WaitingEntry.objects.filter(cohort=cohort).earliest("pk")
    entry.state, entry.offered_at = WaitingState.OFFERED, now
    entry.offer_ends_at = now + timedelta(hours=cohort.offer_hours)
    entry.save()
    write_offer(cohort=cohort, entry=entry)


HAPPENINGS: dict[str, Callable[[Cohort, datetime], None]] = {
    "over": over,
    "under-way": under_way,
    "few": few,
    "full": full,
}


def note_all(cohort: Cohort, now: datetime) -> None:
    """Of every session that has begun; two in nine were absent or sent apologies."""
    begun = [session for session in cohort.dated if session.starts_at <= now]
    for number, session in enumerate(begun):
        for person, place in enumerate(Place.objects.filter(cohort=cohort)):
            Attendance.objects.create(
                session=session, place=place, state=state_of(person * 5 + number * 2)
            )


def state_of(number: int) -> AttendanceState:
    odd = {0: AttendanceState.ABSENT, 4: AttendanceState.EXCUSED}
    return odd.get(number % 9, AttendanceState.PRESENT)


def write_to(cohort: Cohort, words: Words) -> None:
    everybody = audiences(cohort)[0]
    announce(
        cohort=cohort,
        words=words,
        audience=everybody,
        expected=len(recipients(everybody, cohort)),
        key=f"sample-{cohort.slug}",
        by=None,
    )
