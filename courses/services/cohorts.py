"""What follows from saving a cohort."""

from django.db import transaction

from courses.models import Cohort
from courses.services.waiting import reschedule_openings


def settle(*, cohort: Cohort) -> None:
    """Sessions without a part get the parts in order; announcements move with the opening."""
    with transaction.atomic():
        give_parts(cohort)
        reschedule_openings(cohort=cohort)


def give_parts(cohort: Cohort) -> None:
    sessions = list(cohort.sessions.select_related("part").order_by("starts_at", "pk"))
    parts = list(cohort.version.parts.all())
    for session, part in zip(sessions, parts, strict=False):
        if session.part_id is None and len(sessions) == len(parts):
            session.part = part
            session.save()
