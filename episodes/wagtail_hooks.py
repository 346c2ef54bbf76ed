"""The gate in Wagtail's admin: what the history says of it, and the ways that have no form."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.log_actions import LogFormatter

from episodes import readiness
from episodes.gate import HELD_BACK, PUBLISHED_OPEN, uncovered
from episodes.models import EpisodePage
from episodes.panels import told


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [path("readiness/<int:pk>/", open_points, name="readiness")]


def open_points(request: HttpRequest, pk: int) -> HttpResponse:
    """What is open on the newest draft, for whoever may edit it."""
    page = get_object_or_404(EpisodePage, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    points = readiness.points(readiness.facts_of(draft))
    return render(request, "episodes/points.html", told(points, draft))


class ReadOnlyPages(PagesAdminAPIViewSet):
    actions: dict[str, Any] = {}


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    @actions.register_action(PUBLISHED_OPEN)
    class PublishedOpen(LogFormatter):
        label = "Publish with open points"

        def format_message(self, log_entry: Any) -> str:
            names = ", ".join(log_entry.data.get("open", []))
            return f"Published with open points ({names}): {log_entry.data.get('reason', '')}"

    @actions.register_action(HELD_BACK)
    class HeldBack(LogFormatter):
        label = "Hold back"

        def format_message(self, log_entry: Any) -> str:
            names = ", ".join(log_entry.data.get("open", []))
            return f"Not published at its time, as points are open: {names}"


@hooks.register("construct_admin_api")
def read_only(router: Any) -> None:
    """Wagtail's own interface for programs could publish, copy and more without a form; nothing
    of the admin uses that, so it only reads."""
    router.register_endpoint("pages", ReadOnlyPages)


@hooks.register("before_bulk_action")
def not_in_bulk(
    request: HttpRequest, action_type: str, pages: list[Any], action: Any
) -> HttpResponse | None:
    """A list has no place for a reason: pages with open points are published one by one."""
    if action_type != "publish":
        return None
    below = action.cleaned_form.cleaned_data.get("include_descendants", False)
    stopped = [page.title for page in episodes_in(pages, below=below) if uncovered(page)]
    if not stopped:
        return None
    names = ", ".join(f"“{title}”" for title in stopped)
    messages.error(request, f"Nothing was published. Points are open on {names}: open it first.")
    return redirect(action.next_url)


def episodes_in(pages: list[Any], *, below: bool) -> list[EpisodePage]:
    found = [page for page in pages if page.specific_class is EpisodePage]
    if below:
        found += [
            draft
            for page in pages
            for draft in EpisodePage.objects.descendant_of(page).filter(live=False)
        ]
    return [page.get_latest_revision_as_object() for page in found]
