"""Writing to the people of a cohort: the words once, and a mail of the outbox for each person."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from courses.enums import MessageKind
from courses.models import Announcement, Cohort, OutboxMessage
from courses.services.audiences import Audience, Recipient, recipients
from courses.services.confirmations import compose
from courses.services.errors import RegistrationRefused
from courses.services.history import note
from courses.services.outbox import wake
from courses.services.seats import lock_cohort
from courses.text import one_line

MAILS_AT_ONCE = 200


class NobodyToTell(RegistrationRefused):
    """The audience is empty."""


class AudienceChanged(RegistrationRefused):
    """Others would get the message than the preview said."""

    def __init__(self, number: int) -> None:
        super().__init__(f"It would go to {number} now.")
        self.number = number


@dataclass(frozen=True, slots=True)
class Words:
    subject: str
    text: str

    def cleaned(self) -> "Words":
        return Words(one_line(self.subject), self.text.replace("\r\n", "\n").strip())


def note_mail(
    *, cohort: Cohort, words: Words, to: Recipient, announcement: Announcement | None = None
) -> OutboxMessage:
    """What one person gets; not in the database yet."""
    words = words.cleaned()
    return compose(
        MessageKind.NOTE,
        cohort=cohort,
        place=to.place,
        entry=to.entry,
        booking=to.booking,
        announcement=announcement,
        session=announcement.session if announcement else None,
        to=to.email,
        subject=words.subject,
        context={"name": to.name, "words": words.text, "url": settings.SITE_URL + to.url},
    )


def announce(
    *, cohort: Cohort, words: Words, audience: Audience, expected: int, key: str, by: Any
) -> Announcement:
    """Write to everybody of the audience. The same key sends once, however often it comes.

    Raises NobodyToTell, or AudienceChanged if they are not as many as the preview said.
    """
    words = words.cleaned()
    with transaction.atomic():
        locked = lock_cohort(cohort.pk)
        known = Announcement.objects.filter(key=key).first()
        if known:
            return known
        people = recipients(audience, locked)
        if not people:
            raise NobodyToTell
        if len(people) != expected:
            raise AudienceChanged(len(people))
        made = Announcement.objects.create(
            cohort=locked,
            session=audience.session,
            subject=words.subject,
            text=words.text,
            to_words=audience.words,
            key=key,
            made_by=by,
        )
        mails = [
            note_mail(cohort=locked, words=words, to=each, announcement=made) for each in people
        ]
        OutboxMessage.objects.bulk_create(mails, batch_size=MAILS_AT_ONCE)
        note("announced", cohort=locked, by=by, announcement=made.pk, mails=len(mails))
        transaction.on_commit(wake)
    return made


def send_test(*, cohort: Cohort, words: Words, like: Recipient, to: str) -> None:
    """The mail of one person to the organiser, without that person's private address in it."""
    example = Recipient(like.name, to, "/the-private-page-of-this-person/")
    words = Words(f"Test: {words.subject}"[:160], words.text)
    with transaction.atomic():
        note_mail(cohort=cohort, words=words, to=example).save()
        transaction.on_commit(wake)
