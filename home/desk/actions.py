"""What staff begin from the desk: a talk, a recording, a resource, a cohort."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import policy_registry

from episodes.models import EpisodeIndexPage, EpisodePage, SeriesPage
from home.desk.rows import Row
from media.models import Recording
from resources.models import ResourceIndexPage, ResourcePage


@dataclass(frozen=True, slots=True)
class Begin:
    """`places` are the pages below which a talk can be written; empty without the permission."""

    places: tuple[Row, ...]
    others: tuple[Row, ...]


def begin(user: Any) -> Begin:
    others = [recording(user), resource(user), cohort(user)]
    return Begin(talk_places(user), tuple(each for each in others if each))


def add_url(model: type[Page], parent: Page) -> str:
    meta = model._meta
    return reverse("wagtailadmin_pages:add", args=[meta.app_label, meta.model_name, parent.pk])


def may_add_below(user: Any, page: Page | None) -> bool:
    return page is not None and bool(page.permissions_for_user(user).can_add_subpage())


def talk_places(user: Any) -> tuple[Row, ...]:
    """Every series by its number, then the library itself, for talks on their own."""
    library = EpisodeIndexPage.objects.first()
    if library is None or not may_add_below(user, library):
        return ()
    series = SeriesPage.objects.child_of(library).order_by("number")
    rows = [Row(each.title, add_url(EpisodePage, each), each.code) for each in series]
    return (*rows, Row("On its own, in no series", add_url(EpisodePage, library)))


def recording(user: Any) -> Row | None:
    if not policy_registry.get_by_type(Recording).user_has_permission(user, "add"):
        return None
    return Row("Add a recording", reverse("wagtailsnippets_media_recording:add"))


def resource(user: Any) -> Row | None:
    shelf = ResourceIndexPage.objects.first()
    if shelf is None or not may_add_below(user, shelf):
        return None
    return Row("Add a resource", add_url(ResourcePage, shelf))


def cohort(user: Any) -> Row | None:
    if not user.has_perm("courses.add_cohort"):
        return None
    return Row("Add a cohort", reverse("cohorts:add"))
