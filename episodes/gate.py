"""The gate to the readers: whichever way a talk goes live, nothing open slips through unseen.

A reason given on the form is part of the revision (`override`): who gave it, and for which points.
It travels with the revision through review and schedule, and covers those points and no others.
Publishing ends in `EpisodePage.publish`; only the form, which asks first, publishes by itself.
"""

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import models
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from episodes import readiness

PUBLISHED_OPEN = "episodes.published_with_open_points"
HELD_BACK = "episodes.held_back"
BY_THE_CLOCK = "wagtail.publish.scheduled"

if TYPE_CHECKING:
    from wagtail.models import Revision

    from core.models import SitePage

    Base = SitePage
else:
    Base = models.Model


class NotReady(Exception):
    """Somebody tried to publish a talk with open points, without a reason."""

    def __init__(self, page: Any, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.page, self.missing = page, missing


class Gated(Base):
    """Mixed into the episode page."""

    override = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def publish(self, revision: Any, user: Any = None, **how: Any) -> Any:
        """A program without a user, such as the demo library, answers for itself."""
        draft = revision.as_object()
        missing = uncovered(draft)
        if missing and how.get("log_action") == BY_THE_CLOCK:
            return hold_back(draft, revision, missing)
        if missing and user is not None:
            raise NotReady(draft, missing)
        return super().publish(revision, user=user, **how)


def still_open(page: Any) -> list[str]:
    found = readiness.points(readiness.facts_of(page))
    return [point.title for point in readiness.open_points(found)]


def uncovered(page: Any) -> list[str]:
    """What is open and was not given a reason for."""
    return [title for title in still_open(page) if title not in page.override.get("open", [])]


def reason_given(points: list[readiness.Point], reason: str, user: Any) -> dict[str, Any]:
    """What the revision keeps; nothing where nothing is open."""
    titles = [point.title for point in readiness.open_points(points)]
    if not titles:
        return {}
    return {"open": titles, "reason": reason, "user": user.pk if user else None}


def hold_back(page: Any, revision: "Revision", missing: list[str]) -> None:
    """The schedule stays: the next minute tries again, until the last point is closed."""
    told = PageLogEntry.objects.filter(action=HELD_BACK, revision=revision).order_by("-pk").first()
    if told is None or told.data["open"] != missing:
        log(instance=page, action=HELD_BACK, revision=revision, data={"open": missing})


def held_back(page: Any) -> PageLogEntry | None:
    """Why the schedule of this page did not come true; nothing once it did, or was taken off."""
    entries = PageLogEntry.objects.filter(action=HELD_BACK, page_id=page.pk)
    waiting = entries.filter(revision__approved_go_live_at__isnull=False)
    return waiting.select_related("revision").order_by("-pk").first()


def last_override(page: Any) -> PageLogEntry | None:
    entries = PageLogEntry.objects.filter(action=PUBLISHED_OPEN, page_id=page.pk)
    return entries.select_related("user").order_by("-timestamp").first()


def keep_the_reason(
    instance: Any, revision: "Revision | None", alias: bool = False, **kwargs: Any
) -> None:
    """Once a revision is published or scheduled, the history says who let it, and why."""
    given = instance.override
    if not given or alias or revision is None:
        return
    missing = [title for title in still_open(instance) if title in given["open"]]
    kept = PageLogEntry.objects.filter(action=PUBLISHED_OPEN, revision=revision)
    if missing and not kept.exists():
        log(
            instance=instance,
            action=PUBLISHED_OPEN,
            user=get_user_model().objects.filter(pk=given["user"]).first(),
            revision=revision,
            data={"open": missing, "reason": given["reason"]},
        )
