"""What cannot be deleted, because people have booked it: said in words, before anything happens."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.views import generic

from courses.enums import WaitingState
from courses.models import Cohort, ProgrammePage

OPEN = (WaitingState.WAITING, WaitingState.OFFERED)


class CohortDelete(generic.DeleteView):
    """Wagtail knows of pages and snippets that refer to a cohort, not of bookings."""

    def run_before_hook(self) -> HttpResponse | None:
        if not is_known(self.object):
            return None
        messages.error(
            self.request,
            "People have booked this cohort, or wait for it, so it cannot be deleted. Call it off"
            " instead: then they are told, and it takes nobody any more.",
        )
        return redirect("courses_office:sessions", self.object.pk)


def is_known(cohort: Cohort) -> bool:
    return cohort.bookings.exists() or cohort.places.exists() or is_waited_for(cohort)


def is_waited_for(cohort: Cohort) -> bool:
    return cohort.waiting.filter(state__in=OPEN).exists()


def keep_programmes(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Also when a page above them is deleted, where Wagtail would fail."""
    kept = programmes_in_use([page])
    return refuse(request, kept, page.get_parent()) if kept else None


def keep_programmes_in_bulk(
    request: HttpRequest, action_type: str, pages: list[Any], action: Any
) -> HttpResponse | None:
    kept = programmes_in_use(pages) if action_type == "delete" else []
    return refuse(request, kept, pages[0].get_parent()) if kept else None


def programmes_in_use(pages: list[Any]) -> list[str]:
    """Titles of those at or below these pages that have a cohort."""
    rows = (ProgrammePage.objects.descendant_of(page, inclusive=True) for page in pages)
    return [each.title for found in rows for each in found.filter(cohorts__isnull=False).distinct()]


def refuse(request: HttpRequest, kept: list[str], parent: Any) -> HttpResponse:
    names = ", ".join(f"“{title}”" for title in kept)
    messages.error(
        request,
        f"Nothing was deleted: {names} has cohorts, and people may hold places on them. Unpublish"
        " it instead; people keep their places and their private pages.",
    )
    return redirect(reverse("wagtailadmin_explore", args=[parent.pk]))
