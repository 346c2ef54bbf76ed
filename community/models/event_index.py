"""The calendar: what comes, a month at a time, what has been, and a feed of each choice."""

from django.http import HttpRequest, HttpResponse

from community.agenda import EventRow, agenda_of, in_view, narrowed_events, row_of
from community.answers import CALENDAR, HasCalendar, calendar_response
from community.models.events import EventPage
from core.models import SitePage
from core.models.enquiry_pages import EnquiryPage
from core.models.pages import SitePageManager


class EventIndexPage(HasCalendar, SitePage):
    kind = "Events"
    kind_slug = "events"
    icon = "calendar"
    in_search = False
    template = "pages/event_index.html"
    parent_page_types = ["community.CivicPage"]
    subpage_types = ["community.EventPage"]
    max_count = 1
    page_description = "The events calendar: a list, a month, a feed for every filter."

    objects = SitePageManager()

    class Meta:
        verbose_name = "list of events"

    def events(self) -> list[EventPage]:
        """All visible ones by their first time: rules of recurrence are worked out in Python."""
        events = EventPage.objects.child_of(self).visible().prefetch_related("days_off")
        return list(events.order_by("starts_at", "pk"))

    def coming(self, most: int) -> list[EventRow]:
        return [row_of(event) for event in in_view(self.events(), "")[:most]]

    def calendar_answer(self, request: HttpRequest) -> HttpResponse:
        """Every event that the filters let through, whatever the view."""
        events = self.events()
        chosen, narrowed = narrowed_events(events, events, request)
        name = ", ".join([self.title, *narrowed.chosen])
        entries = [event.calendar_entry() for event in chosen]
        return calendar_response(entries, name=name, file="events")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        if kwargs.get("wanted") != CALENDAR:
            context["agenda"] = agenda_of(self.events(), request)
            context["enquiry_page"] = EnquiryPage.objects.nearest(self)
            context["feed"] = self.calendar_url
        return context
