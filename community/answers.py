"""Pages that answer with a calendar file as well: `…/ics/` below their own address."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.url_routing import RouteResult

from community.calendars import CalendarEntry, calendar_file

CALENDAR = "ics"


def calendar_response(entries: Iterable[CalendarEntry], *, name: str, file: str) -> HttpResponse:
    return HttpResponse(
        calendar_file(entries, name=name),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{file}.ics"'},
    )


class HasCalendar:
    """Stands before the page base; whoever may not see the page does not get the file."""

    live: bool
    url: str

    @property
    def calendar_url(self) -> str:
        return f"{self.url}{CALENDAR}/"

    def calendar_answer(self, request: HttpRequest) -> HttpResponse:
        raise NotImplementedError

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if self.live and path_components == [CALENDAR]:
            return RouteResult(self, kwargs={"wanted": CALENDAR})
        base: Any = super()
        return base.route(request, path_components)

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        base: Any = super()
        response: HttpResponse = base.serve(request, *args, **kwargs)
        return self.calendar_answer(request) if kwargs.get("wanted") == CALENDAR else response
