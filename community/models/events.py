"""Events: once, or again by a simple rule; with a calendar file of their own."""

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from community.answers import HasCalendar, calendar_response
from community.calendars import CalendarEntry
from community.models.schedules import Scheduled
from community.recurrence import Occurrence, in_words, next_occurrence
from community.times import day_words, span_words
from core.full import with_lists
from core.models import SitePage
from core.models.enquiry_pages import EnquiryPage
from core.models.pages import SitePageManager


class EventDetails(Scheduled):
    """What an event tells lists, calendars and readers about its times."""

    area = models.CharField(max_length=60, help_text="Such as Bradford, or Online.")
    audience = models.CharField("for whom", max_length=60, blank=True, help_text="Such as parents.")
    body = RichTextField("what happens", blank=True, features=["bold", "link", "ol", "ul"])

    detail_panels = [
        *Scheduled.schedule_panels,
        FieldRowPanel([FieldPanel("area"), FieldPanel("audience")]),
        FieldPanel("body"),
    ]

    class Meta:
        abstract = True

    @cached_property
    def next_time(self) -> Occurrence | None:
        """On now or coming; None once it is over."""
        return next_occurrence(self.schedule, after=timezone.now())

    @property
    def shown_time(self) -> Occurrence:
        """The next time, or the first where all are past."""
        return self.next_time or Occurrence(
            timezone.localtime(self.starts_at), timezone.localtime(self.ends_at)
        )

    @property
    def again(self) -> str:
        return in_words(self.schedule)

    def when(self) -> list[str]:
        """Day, times and rule, in words."""
        shown = self.shown_time
        words = [day_words(shown.starts, shown.ends), span_words(shown.starts, shown.ends)]
        return [word for word in (*words, self.again) if word]

    def facts(self) -> list[tuple[str, str]]:
        shown = self.shown_time
        facts = [
            ("Next time" if self.again else "Day", day_words(shown.starts, shown.ends)),
            ("Time", f"{span_words(shown.starts, shown.ends)}, London time"),
            ("Again", self.again),
            ("Where", self.place),
            ("Area", self.area),
            ("For whom", self.audience),
        ]
        return [(term, value) for term, value in facts if value]


class EventPage(HasCalendar, EventDetails, SitePage):
    kind = "Event"
    kind_slug = "event"
    icon = "calendar"
    entry_lists = ("days_off",)
    template = "pages/event.html"
    parent_page_types = ["community.EventIndexPage"]
    subpage_types: list[str] = []
    page_description = "Something that people can come to, once or again and again."

    content_panels = [
        *SitePage.content_panels,
        *EventDetails.detail_panels,
        *SitePage.about_panels,
    ]
    search_fields = (
        *SitePage.search_fields,
        index.SearchField("body"),
        index.SearchField("place"),
        index.FilterField("starts_at"),
    )

    objects = SitePageManager()

    class Meta:
        verbose_name = "event"
        constraints = Scheduled.schedule_constraints

    def entry_meta(self) -> tuple[str, ...]:
        cancelled = ("Cancelled",) if self.is_cancelled else ()
        return (*cancelled, *self.when(), self.area)

    def search_body(self) -> str:
        words = [self.area, self.place, self.audience, get_text_for_indexing(self.body)]
        return "\n".join([*words, *self.when()])

    def calendar_entry(self) -> CalendarEntry:
        host = settings.SITE_URL.split("//")[-1]
        return CalendarEntry(
            uid=f"event-{self.pk}@{host}",
            sequence=self.sequence,
            title=self.title,
            about=self.summary,
            place=self.place,
            url=f"{settings.SITE_URL}{self.url}",
            schedule=self.schedule,
            changed_at=self.last_published_at or timezone.now(),
            is_cancelled=self.is_cancelled,
        )

    def calendar_answer(self, request: HttpRequest) -> HttpResponse:
        return calendar_response([self.calendar_entry()], name=self.title, file=self.slug)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        if self.pk:
            with_lists([self])
        context["enquiry_page"] = EnquiryPage.objects.nearest(self)
        context["calendar"] = self.calendar_url
        context["days_off"] = list(self.days_off.all())
        context["related"] = [page.entry() for page in self.relations.linked]
        context["is_past"] = self.next_time is None
        return context


class DayOff(Orderable):
    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="days_off")
    date = models.DateField()

    panels = [FieldPanel("date")]

    def __str__(self) -> str:
        return f"{self.date:%-d %B %Y}"
