from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from community.models import EventPage
from community.models.events import DayOff
from community.recurrence import Repeat
from home.models import HomePage
from tests.community.factories import at, make_calendar, make_event


def shown(client: Client, query: str = "") -> str:
    """The page on one line, so that how a template is broken into lines does not matter."""
    return " ".join(client.get(f"{make_calendar().url}{query}").content.decode().split())


def feed(client: Client, query: str = "") -> Calendar:
    return Calendar.from_ical(client.get(f"{make_calendar().url}ics/{query}").content)


def titles(calendar: Calendar) -> set[str]:
    return {str(event["SUMMARY"]) for event in calendar.walk("VEVENT")}


def test_the_list_shows_what_comes_nearest_first(home: HomePage, client: Client) -> None:
    make_event("Later", in_days=20)
    make_event("Sooner", in_days=2)
    make_event("Weekly", in_days=-30, repeat=Repeat.WEEKLY)
    make_event("Over", in_days=-3)
    page = shown(client)
    assert page.index("Sooner") < page.index("Weekly") < page.index("Later")
    assert "Over" not in page


def test_what_is_over_stands_under_past_latest_first(home: HomePage, client: Client) -> None:
    make_event("Long over", in_days=-30)
    make_event("Just over", in_days=-2)
    make_event("Coming", in_days=2)
    page = shown(client, "?view=past")
    assert page.index("Just over") < page.index("Long over")
    assert ">Coming</a></h3>" not in page


def test_the_month_shows_every_time_of_an_event(home: HomePage, client: Client) -> None:
    today = timezone.localdate()
    first = date(today.year + 1, 1, 1)
    starts = at(first, 18)
    make_event("Again", starts_at=starts, ends_at=starts + timedelta(hours=1), repeat=Repeat.WEEKLY)
    page = shown(client, f"?view=month&month={first:%Y-%m}")
    assert page.count(">Again</a>") >= 5
    assert "6.00 pm" in page
    assert f"month={today.year}-12" in page


def test_an_event_of_several_days_stands_on_each(home: HomePage, client: Client) -> None:
    day = timezone.localdate().replace(day=10)
    make_event("Camp", starts_at=at(day, 9), ends_at=at(day + timedelta(days=2), 12))
    page = shown(client, f"?view=month&month={day:%Y-%m}")
    assert page.count(">Camp</a>") == 3
    assert page.count("goes on") == 2


def test_the_edge_of_the_calendar_has_no_further_month(home: HomePage, client: Client) -> None:
    last = f"{timezone.localdate().year + 2}-12"
    page = shown(client, f"?view=month&month={last}")
    assert "Month before" in page
    assert "Month after" not in page
    assert "Nothing in this month" in page


def test_filters_narrow_list_month_and_feed_alike(home: HomePage, client: Client) -> None:
    make_event("In Leeds", area="Leeds")
    make_event("In Bradford", area="Bradford", audience="Parents")
    for query in ("?area=Bradford", "?area=Bradford&view=month", "?audience=Parents"):
        page = shown(client, query)
        assert "In Bradford" in page or "month" in query, query
        assert ">In Leeds</a>" not in page, query
    assert titles(feed(client, "?area=Bradford")) == {"In Bradford"}
    assert "ics/?area=Bradford" in shown(client, "?area=Bradford")


def test_filters_keep_the_view_and_the_month(home: HomePage, client: Client) -> None:
    make_event(area="Leeds")
    month = f"{timezone.localdate():%Y-%m}"
    page = shown(client, f"?view=month&month={month}")
    assert '<input type="hidden" name="view" value="month">' in page
    assert f'<input type="hidden" name="month" value="{month}">' in page


@pytest.mark.parametrize(
    "query",
    [
        "?view=week",
        "?view=month&month=2026-99",
        "?view=month&month=%F0%9F%99%82",
        "?area=Mars",
        "?audience=%3Cscript%3Ealert(1)%3C/script%3E",
        "?area=" + "x" * 10_000,
        "?view=" + "x" * 10_000,
    ],
)
def test_an_odd_address_gets_a_clear_answer(home: HomePage, client: Client, query: str) -> None:
    make_event("Shown")
    answer = client.get(make_calendar().url + query)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "here is no" in page
    assert "<script>alert" not in page
    assert len(page) < 60_000


def test_a_page_past_the_end_is_a_404(home: HomePage, client: Client) -> None:
    make_event()
    for value in ("2", "0", "x", "99999999999"):
        assert client.get(make_calendar().url, {"page": value}).status_code == 404


def test_a_feed_with_an_odd_filter_is_whole(home: HomePage, client: Client) -> None:
    make_event("Shown")
    assert titles(feed(client, "?area=Mars&view=zzz")) == {"Shown"}


def test_the_feed_is_a_calendar_with_stable_names_and_the_zone(
    home: HomePage, client: Client
) -> None:
    event = make_event("Meeting", repeat=Repeat.WEEKLY, place="Hall")
    answer = client.get(f"{make_calendar().url}ics/")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    found = calendar.walk("VEVENT")[0]
    assert str(found["UID"]).startswith(f"event-{event.pk}@")
    assert found["DTSTART"].dt == timezone.localtime(event.starts_at)
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    assert not client.cookies


def test_drafts_and_private_events_are_in_no_list_and_no_feed(
    home: HomePage, client: Client
) -> None:
    draft = make_event("Canary draft", live=False)
    private = make_event("Canary private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    for query in ("", "?view=month", "?view=past"):
        assert "Canary" not in shown(client, query)
    assert titles(feed(client)) == set()
    assert client.get(f"{private.url}ics/").status_code == 302
    assert client.get(f"{make_calendar().url}{draft.slug}/ics/").status_code == 404


def test_a_private_or_expired_calendar_gives_no_feed(home: HomePage, client: Client) -> None:
    make_event("Canary")
    calendar = make_calendar()
    calendar.expire_at = timezone.now() - timedelta(hours=1)
    calendar.save()
    assert client.get(f"{calendar.url}ics/").status_code == 404
    calendar.expire_at = None
    calendar.save()
    PageViewRestriction.objects.create(page=calendar, restriction_type="login")
    assert client.get(f"{calendar.url}ics/").status_code == 302


def test_an_event_page_says_when_where_and_how_often(home: HomePage, client: Client) -> None:
    day = timezone.localdate() + timedelta(days=10)
    event = make_event(
        starts_at=at(day, 18),
        ends_at=at(day, 20),
        repeat=Repeat.WEEKLY,
        place="Sample hall",
        audience="Parents",
        body="<p>Coffee.</p>",
        days_off=[DayOff(date=day + timedelta(days=7))],
    )
    page = client.get(event.url).content.decode()
    for words in ("6.00 pm to 8.00 pm, London time", f"Every {day:%A}", "Sample hall", "Parents"):
        assert words in page
    assert f"Not on {day + timedelta(days=7):%-d %B %Y}" in page
    assert f"{event.url}ics/" in page


def test_a_cancelled_event_says_so_everywhere(home: HomePage, client: Client) -> None:
    event = make_event("Walk", is_cancelled=True)
    assert "Cancelled" in client.get(event.url).content.decode()
    assert "Cancelled" in shown(client)
    own = Calendar.from_ical(client.get(f"{event.url}ics/").content)
    assert str(own.walk("VEVENT")[0]["STATUS"]) == "CANCELLED"
    assert "Cancelled" in event.entry().meta


def test_a_past_event_says_so(home: HomePage, client: Client) -> None:
    assert "This is over" in client.get(make_event(in_days=-9).url).content.decode()


def test_search_finds_an_event_by_place_and_rule(home: HomePage) -> None:
    event = make_event(place="Sample hall", repeat=Repeat.FORTNIGHTLY)
    assert "Sample hall" in event.search_rows()[0].body
    assert "Every second" in event.search_rows()[0].body


def test_the_sequence_rises_with_time_and_place_only(home: HomePage) -> None:
    event = make_event()

    def publish(**changes: Any) -> int:
        page = EventPage.objects.get(pk=event.pk)
        for name, value in changes.items():
            setattr(page, name, value)
        page.save_revision().publish()
        return EventPage.objects.get(pk=event.pk).sequence

    before = publish()
    assert publish(title="Other words") == before
    assert publish(place="Elsewhere") == before + 1
    assert publish(is_cancelled=True) == before + 2
    assert publish(days_off=[DayOff(date=date(2030, 1, 1))]) == before + 3


def test_a_draft_published_late_does_not_take_the_sequence_back(home: HomePage) -> None:
    event = make_event()
    old_draft = EventPage.objects.get(pk=event.pk).save_revision()
    page = EventPage.objects.get(pk=event.pk)
    page.place = "Elsewhere"
    page.save_revision().publish()
    before = EventPage.objects.get(pk=event.pk).sequence
    old_draft.publish()
    assert EventPage.objects.get(pk=event.pk).sequence == before + 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ends_at": at(date(2026, 11, 3), 17)}, "not after the start"),
        ({"until": date(2026, 11, 2)}, "before the first"),
        ({"starts_at": at(date(1850, 1, 1), 9)}, "from 2000 to 2100"),
    ],
)
def test_times_that_cannot_be_are_refused(
    home: HomePage, fields: dict[str, Any], words: str
) -> None:
    day = date(2026, 11, 3)
    with pytest.raises(ValidationError, match=words):
        make_event(**{"starts_at": at(day, 18), "ends_at": at(day, 19), **fields})


def test_the_database_itself_refuses_an_event_that_ends_before_it_starts(home: HomePage) -> None:
    event = make_event()
    with pytest.raises(IntegrityError), transaction.atomic():
        EventPage.objects.filter(pk=event.pk).update(ends_at=event.starts_at)


# Site, route, page, ancestors, settings, navigation; events, their days off, the form.
CALENDAR_QUERIES = 9


@pytest.mark.parametrize("query", ["", "?view=month", "?view=past"])
def test_the_calendar_costs_the_same_for_one_event_and_for_thirty(
    home: HomePage,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    query: str,
) -> None:
    make_event()
    url = make_calendar().url + query
    client.get(url)
    with django_assert_max_num_queries(CALENDAR_QUERIES):
        client.get(url)
    for number in range(30):
        make_event(f"Event {number}", in_days=number - 10, days_off=[DayOff(date=date(2030, 1, 1))])
    with django_assert_max_num_queries(CALENDAR_QUERIES):
        client.get(url)
