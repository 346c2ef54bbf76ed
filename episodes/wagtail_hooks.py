"""Publishing with open points: who did it and why stands in the history; never in bulk."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.log_actions import LogFormatter, log
from wagtail.models import Page

from episodes import readiness
from episodes.forms import GOES_LIVE
from episodes.models import EpisodePage
from episodes.panels import PUBLISHED_OPEN


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    @actions.register_action(PUBLISHED_OPEN)
    class PublishedOpen(LogFormatter):
        label = "Publish with open points"

        def format_message(self, log_entry: Any) -> str:
            names = ", ".join(log_entry.data.get("open", []))
            return f"Published with open points ({names}): {log_entry.data.get('reason', '')}"


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def keep_the_reason(request: HttpRequest, page: Page) -> None:
    """The form has let it through: either nothing was open, or somebody said why."""
    reason = request.POST.get("publish_reason", "").strip()
    if not reason or not isinstance(page, EpisodePage) or not GOES_LIVE & set(request.POST):
        return
    missing = still_open(page)
    if missing:
        log(
            instance=page,
            action=PUBLISHED_OPEN,
            user=request.user,
            revision=page.latest_revision,
            data={"open": missing, "reason": reason},
        )


@hooks.register("before_bulk_action")
def not_in_bulk(
    request: HttpRequest, action_type: str, pages: list[Any], action: Any
) -> HttpResponse | None:
    """A list has no place for a reason: pages with open points are published one by one."""
    if action_type != "publish":
        return None
    below = action.cleaned_form.cleaned_data.get("include_descendants", False)
    stopped = [page.title for page in episodes_in(pages, below=below) if still_open(page)]
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


def still_open(page: EpisodePage) -> list[str]:
    found = readiness.points(readiness.facts_of(page))
    return [point.title for point in readiness.open_points(found)]
