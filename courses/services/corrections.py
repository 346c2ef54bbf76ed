"""What organisers mend on a place: a name or an address typed wrong, a mail that got lost."""

from copy import copy
from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.enums import MessageState, PlaceState
from courses.models import Cohort, OutboxMessage, Place
from courses.models.bookings import make_token
from courses.services.again import again
from courses.services.confirmations import write_place
from courses.services.errors import NothingToChange
from courses.services.history import note
from courses.services.orders import Attendee
from courses.services.outbox import wake
from courses.services.people import other_places, raise_repeated, state_for
from courses.services.places import reread
from courses.services.seats import lock_cohort

NOT_SENT = (MessageState.QUEUED, MessageState.RETRYING, MessageState.FAILED)


@again
def correct_person(*, place: Place, person: Attendee, by: Any) -> None:
    """The same person, with the name or the address as it should have been.

    A name alone sends nothing. With another address the page's address changes too, what was not
    sent to the old one is dropped, and a confirmation goes to the new one; the old one, which may
    be a stranger's, hears nothing. Raises NothingToChange.
    """
    person = person.cleaned()
    with transaction.atomic():
        cohort = lock_cohort(place.cohort_id)
        reread(cohort, place)
        if (person.name, person.email) == (place.name, place.email):
            raise NothingToChange
        before = copy(place)
        place.name = person.name
        if person.email == before.email:
            place.save(update_fields=["name"])
        else:
            readdress(cohort, place, before, person.email)
        note("place_corrected", cohort=cohort, by=by, place=place.pk)
        transaction.on_commit(wake)


def readdress(cohort: Cohort, place: Place, before: Place, email: str) -> None:
    known = other_places(cohort.pk, [email], but=place)
    place.email, place.token = email, make_token()
    place.state = state_for(email, known)
    place.save(update_fields=["name", "email", "token", "state"])
    unsent = OutboxMessage.objects.filter(place=place, to=before.email, state__in=NOT_SENT)
    unsent.filter(leased_until=None).update(state=MessageState.DROPPED)
    other = raise_repeated(cohort, before.email) if before.state == PlaceState.BOOKED else None
    if other:
        write_place(cohort=cohort, place=other)
    write_place(cohort=cohort, place=place)


@again
def confirm_again(*, place: Place, by: Any) -> None:
    """The confirmation once more, with the sessions as they are now. Raises NothingToChange."""
    with transaction.atomic():
        cohort = lock_cohort(place.cohort_id)
        reread(cohort, place)
        facts = cohort.facts
        if cohort.called_off_at or facts.ends is None or facts.ends <= timezone.now():
            raise NothingToChange
        write_place(cohort=cohort, place=place)
        note("place_confirmed", cohort=cohort, by=by, place=place.pk)
        transaction.on_commit(wake)
