"""Lists for those who write: drafts, reviews, what goes live, recordings, talks without words."""

from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision, TaskState
from wagtail.permissions import policy_registry

from episodes.gate import HELD_BACK
from episodes.models import EpisodePage
from home.desk.rows import DeskList, Row, rows_of
from media.models import Recording, Transcript


def editable_pages(user: Any) -> "QuerySet[Page]":
    pages: QuerySet[Page] = policy_registry.get_by_type(Page).instances_user_has_permission_for(
        user, "change"
    )
    return pages


def changeable_recordings(user: Any) -> "QuerySet[Recording]":
    policy = policy_registry.get_by_type(Recording)
    found: QuerySet[Recording] = policy.instances_user_has_permission_for(user, "change")
    return found


def writes(user: Any) -> bool:
    return bool(policy_registry.get_by_type(Page).user_has_permission(user, "change"))


def handles_recordings(user: Any) -> bool:
    return bool(policy_registry.get_by_type(Recording).user_has_permission(user, "change"))


def page_row(page: Page, note: str = "") -> Row:
    return Row(page.draft_title, reverse("wagtailadmin_pages:edit", args=[page.pk]), note)


def recording_url(pk: int) -> str:
    return reverse("wagtailsnippets_media_recording:edit", args=[pk])


def day_and_time(moment: Any) -> str:
    return f"{timezone.localtime(moment):%-d %B, %H:%M}"


def drafts(user: Any) -> DeskList | None:
    if not writes(user):
        return None
    found = editable_pages(user).filter(latest_revision__user=user, has_unpublished_changes=True)
    found = found.order_by("-latest_revision_created_at", "-pk")
    return DeskList(
        slug="drafts",
        heading="Your drafts",
        rows=rows_of(
            found, lambda page: page_row(page, day_and_time(page.latest_revision_created_at))
        ),
        empty="You have no drafts.",
    )


def reviews(user: Any) -> DeskList | None:
    """Pages that somebody sent for review, where this account may say yes or no."""
    states = TaskState.objects.reviewable_by(user).filter(
        revision__base_content_type__model="page",
        revision__base_content_type__app_label="wagtailcore",
    )
    states = states.select_related("revision").order_by("started_at", "pk")
    return DeskList(slug="reviews", heading="Waiting for review", rows=rows_of(states, review_row))


def review_row(state: Any) -> Row:
    url = reverse("wagtailadmin_pages:edit", args=[state.revision.object_id])
    return Row(state.revision.object_str, url, f"since {day_and_time(state.started_at)}")


def with_schedules(user: Any) -> "QuerySet[Page]":
    """Pages that go live by themselves; `held` says what is open where their time has passed."""
    scheduled = Revision.page_revisions.filter(
        object_id=Cast(OuterRef("pk"), CharField()), approved_go_live_at__isnull=False
    ).order_by("approved_go_live_at")
    held = PageLogEntry.objects.filter(
        page=OuterRef("pk"), action=HELD_BACK, revision__approved_go_live_at__isnull=False
    ).order_by("-pk")
    return (
        editable_pages(user)
        .annotate(
            goes_live=Subquery(scheduled.values("approved_go_live_at")[:1]),
            held=Subquery(held.values("data")[:1]),
        )
        .filter(goes_live__isnull=False)
        .order_by("goes_live", "pk")
    )


def held_back(user: Any) -> DeskList | None:
    """Talks whose hour has come while something had opened again."""
    if not writes(user):
        return None
    found = with_schedules(user).filter(held__isnull=False)
    return DeskList(
        slug="held",
        heading="Held back: not ready at their time",
        rows=rows_of(found, held_row),
    )


def held_row(page: Any) -> Row:
    names = ", ".join(page.held["open"]).lower()
    return page_row(page, f"set for {day_and_time(page.goes_live)}; open: {names}")


def soon_live(user: Any) -> DeskList | None:
    if not writes(user):
        return None
    found = with_schedules(user).filter(held__isnull=True)
    return DeskList(
        slug="soon",
        heading="Goes live soon",
        rows=rows_of(found, lambda page: page_row(page, day_and_time(page.goes_live))),
        empty="Nothing is set to go live by itself.",
    )


def failed_recordings(user: Any) -> DeskList | None:
    if not handles_recordings(user):
        return None
    found = changeable_recordings(user).filter(state=Recording.State.FAILED)
    return DeskList(
        slug="failed",
        heading="Recordings that failed",
        rows=rows_of(
            found.order_by("-created_at", "-pk"),
            lambda each: Row(each.title, recording_url(each.pk), "a file could not be read"),
        ),
    )


def unchecked_talks(user: Any) -> DeskList | None:
    """Talks that readers can play while nobody has read their words against the sound."""
    if not handles_recordings(user):
        return None
    words = Transcript.objects.filter(recording=OuterRef("recording"), language="en")
    found = (
        EpisodePage.objects.live()
        .filter(recording__in=changeable_recordings(user))
        .exclude(Exists(words.filter(status=Transcript.Status.CHECKED)))
        .annotate(words=Subquery(words.values("pk")[:1]))
        .order_by("-first_published_at", "-pk")
    )
    return DeskList(
        slug="unchecked", heading="Talks without checked captions", rows=rows_of(found, talk_row)
    )


def talk_row(talk: Any) -> Row:
    """Words lead to where they are read, their lack to where they are added."""
    if not talk.words:
        return Row(talk.title, recording_url(talk.recording_id), "no captions")
    return Row(talk.title, reverse("editor:lines", args=[talk.words]), "captions not yet checked")
