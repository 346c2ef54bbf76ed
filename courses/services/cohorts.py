"""What follows from saving a cohort, and from time going by."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.enums import CohortState
from courses.models import Cohort
from courses.services.again import again
from courses.services.offers import pass_on
from courses.services.seats import lock_cohort
from courses.services.timetable import Timetable, Told, follow
from courses.services.waiting import reschedule_openings
from search.services import reindex_page


@again
def settle(*, cohort: Cohort, before: Timetable | None = None, by: Any = None) -> Told:
    """Sessions without a part get the parts in order; announcements move with the opening; a
    raised capacity goes to those who wait. `before` holds the sessions as people know them."""
    now = timezone.now()
    with transaction.atomic():
        give_parts(cohort)
        reschedule_openings(cohort=cohort)
        told = follow(cohort.pk, before, by=by, now=now) if before else Told()
        pass_on(lock_cohort(cohort.pk), now=now)
        reindex_page(cohort.programme_id)
    return told


def give_parts(cohort: Cohort) -> None:
    sessions = list(cohort.sessions.select_related("part").order_by("starts_at", "pk"))
    parts = list(cohort.version.parts.all())
    for session, part in zip(sessions, parts, strict=False):
        if session.part_id is None and len(sessions) == len(parts):
            session.part = part
            session.save()


def tell_search(*, now: datetime | None = None) -> int:
    """Index programmes anew whose cohort opened, filled, closed or ended since it was last told.

    Returns how many cohorts had changed. Time opens a cohort without anybody saving it.
    """
    now, changed = now or timezone.now(), 0
    cohorts = Cohort.objects.exclude(told_state=CohortState.PAST).prefetch_related("sessions")
    for cohort in cohorts:
        state = cohort.state(now)
        if state != cohort.told_state:
            with transaction.atomic():
                Cohort.objects.filter(pk=cohort.pk).update(told_state=state)
                reindex_page(cohort.programme_id)
            changed += 1
    return changed
