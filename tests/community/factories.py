"""Civic pages for tests."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from community.models import CampaignPage, CivicPage, EventIndexPage, EventPage, FrameworkPage
from community.recurrence import LONDON
from tests.factories import make_home, make_page


def make_civic() -> CivicPage:
    return CivicPage.objects.first() or make_page(
        CivicPage, make_home(), title="Civic work", slug="civic-work"
    )


def make_framework(**fields: Any) -> FrameworkPage:
    return make_page(FrameworkPage, make_civic(), **{"title": "A framework", **fields})


def make_campaign(**fields: Any) -> CampaignPage:
    return make_page(
        CampaignPage,
        make_civic(),
        **{"title": "Listening", "area": "Bradford", "year": "2023-24", **fields},
    )


def make_calendar() -> EventIndexPage:
    return EventIndexPage.objects.first() or make_page(
        EventIndexPage, make_civic(), title="Events", slug="events"
    )


def make_event(title: str = "Meeting", *, in_days: int = 7, **fields: Any) -> EventPage:
    starts = timezone.now().replace(second=0, microsecond=0) + timedelta(days=in_days)
    return make_page(
        EventPage,
        make_calendar(),
        title=title,
        **{"starts_at": starts, "ends_at": starts + timedelta(hours=1), "area": "Leeds", **fields},
    )


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)
