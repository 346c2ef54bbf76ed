"""A change by a private link: GET says what will happen and changes nothing, POST does it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from courses.cards import card_for
from courses.forms import PublicForm, error_links, errors_title
from courses.models import Cohort, Place
from courses.services import (
    CohortFull,
    NothingToChange,
    RegistrationClosed,
    RegistrationRefused,
    TooLate,
    is_changeable,
)
from courses.views.bookings import Private, cohort_of, opened_by, private


class Change:
    """One thing that somebody with a private link can change; `place` is whom it is about."""

    done: ClassVar[str]  # a key of views.bookings.DONE
    until_the_end: ClassVar[bool] = False  # else until the first session begins

    def __init__(self, found: Private, place: Place | None) -> None:
        self.found = found
        self.place = place
        self.booking = found.booking

    @property
    def person(self) -> Place:
        if self.place is None:
            raise Http404("There is no such place.")
        return self.place

    @property
    def is_own(self) -> bool:
        """By a person's own link, not the booker's."""
        return self.found.place is not None

    @property
    def link(self) -> str:
        """The person's own, as services.places takes it."""
        return self.found.token if self.is_own else ""

    @property
    def seen(self) -> str:
        """Whom the page that asks shows; its form sends it back."""
        return self.place.holder if self.place else ""

    def words(self) -> dict[str, Any]:
        """`title`, `lead`, `points` and `button` of the page that asks."""
        raise NotImplementedError

    def is_open(self, cohort: Cohort, now: datetime) -> bool:
        """Whether it can be done now; the verb behind it decides again."""
        return is_changeable(cohort, now, until_the_end=self.until_the_end)

    def form(self, data: Any = None) -> PublicForm:
        raise NotImplementedError

    def addresses(self, form: Any) -> list[str]:
        """Where a mail goes if it is done: these are counted."""
        return [self.place.email] if self.place else []

    def do(self, form: Any) -> str | None:
        """Raises a RegistrationRefused. May return the address to lead to instead."""
        raise NotImplementedError


def change_view(kind: Callable[[Private, Place | None], Change]) -> Callable[..., HttpResponse]:
    @csrf_exempt  # readers get no cookie (ADR 10); the private address and the guards stand for it
    @require_http_methods(["GET", "HEAD", "POST"])
    @private
    def view(request: HttpRequest, token: str, number: int | None = None) -> HttpResponse:
        found = opened_by(token)
        change = kind(found, place_of(found, number))
        if request.method != "POST":
            return ask(request, change, change.form())
        form = change.form(request.POST)
        if not form.is_valid() or form.refuse_robots(request, *change.addresses(form)):
            return ask(request, change, form)
        if request.POST.get("seen", change.seen) != change.seen:
            form.add_error(None, "The place has changed meanwhile. Look again, then send it")
            return ask(request, change, form)
        here = found.url  # the verb reads anew whose place it is: that address may be another's
        try:
            url = change.do(form) or f"{found.url}?done={change.done}"
        except NothingToChange:
            url = f"{here}?done=already"
        except RegistrationRefused as refusal:
            form.add_error(None, refused_words(refusal))
            return ask(request, change, form)
        return HttpResponseRedirect(url)

    return view


def place_of(found: Private, number: int | None) -> Place | None:
    """A person's link is about their place; the booker names one by its number, or none."""
    if found.place:
        if number is not None:
            raise Http404("A person changes their own place only.")
        return found.place
    if number is None:
        return None
    place = next((each for each in found.people if each.pk == number), None)
    if place is None:
        raise Http404("This booking has no such place.")
    return place


def refused_words(refusal: RegistrationRefused) -> str:
    if isinstance(refusal, TooLate):
        return "It is too late to change this here. Nothing has changed: write to us"
    if isinstance(refusal, CohortFull):
        return "The last place on it has just gone. Nothing has changed"
    if isinstance(refusal, RegistrationClosed):
        return f"That cohort takes nobody now ({refusal.state.label.lower()}). Nothing has changed"
    return f"{refusal} Nothing has changed."


def ask(request: HttpRequest, change: Change, form: PublicForm) -> HttpResponse:
    links = error_links(form) if form.is_bound else []
    cohort, now = about(change), timezone.now()
    context = {
        "found": change.found,
        "cohort": cohort,
        "card": card_for(cohort, now=now),
        "form": form,
        "seen": change.seen,
        "is_open": change.is_open(cohort, now),
        "error_links": links,
        "errors_title": errors_title(links),
        **change.words(),
    }
    return render(request, "pages/change.html", context, status=422 if links else 200)


def about(change: Change) -> Cohort:
    if change.place is None:
        return cohort_of(change.found)
    return Cohort.objects.for_page().select_related("programme").get(pk=change.place.cohort_id)
