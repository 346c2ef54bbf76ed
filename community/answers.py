"""Calendar files as answers."""

from collections.abc import Iterable

from django.http import HttpResponse

from community.calendars import CalendarEntry, calendar_file


def calendar_response(entries: Iterable[CalendarEntry], *, name: str, file: str) -> HttpResponse:
    return HttpResponse(
        calendar_file(entries, name=name),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{file}.ics"'},
    )
