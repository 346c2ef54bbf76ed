"""Moving and cancelling sessions, calling off a cohort: after a look at what people are told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import permission_required

from courses.enums import SessionState
from courses.models import Cohort, OutboxMessage, Session
from courses.office.common import cohort_or_404, cohort_page
from courses.services.errors import NothingToChange, RegistrationRefused, TooLate, UnfitTimes
from courses.services.sessions import cohort_sessions
from courses.services.timetable import Told, call_off_cohort, cancel_session, move_session
from courses.text import counted, joined, upper_first
from courses.when import LONDON, day_words, local, times_words

Verb = Callable[[], Told]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Why",
        max_length=300,
        required=False,
        help_text="One or two sentences for the people who are told.",
    )


class MoveForm(ReasonForm):
    """The day and the times by the clock in London."""

    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    begins = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    field_order = ("day", "begins", "ends", "reason")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if {"day", "begins", "ends"} <= found.keys():
            for name in ("begins", "ends"):
                moment = datetime.combine(found["day"], found[name])
                found[f"{name}_at"] = moment.replace(tzinfo=LONDON)
        return found


@dataclass(frozen=True, slots=True)
class Line:
    session: Session
    number: int
    day: str
    times: str
    is_cancelled: bool
    can_change: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One of the three actions, as its pages show it."""

    title: str
    about: str
    button: str
    done: str


@dataclass(frozen=True, slots=True)
class WouldTell:
    """How many would get a mail, and the first one of each sort."""

    words: str
    mails: list[tuple[str, OutboxMessage]]


@require_safe
@permission_required("courses.change_session")
def sessions(request: HttpRequest, pk: int) -> HttpResponse:
    cohort = cohort_or_404(pk)
    lines = lines_of(cohort)
    can_call_off = cohort.called_off_at is None and any(line.can_change for line in lines)
    return cohort_page(
        request, cohort, "sessions", "sessions", lines=lines, can_call_off=can_call_off
    )


def lines_of(cohort: Cohort) -> list[Line]:
    now = timezone.now()
    return [
        Line(
            session=session,
            number=number,
            day=day_words(session.starts_at),
            times=times_words(session.starts_at, session.ends_at),
            is_cancelled=session.state == SessionState.CANCELLED,
            can_change=session.state == SessionState.PLANNED and session.ends_at > now,
        )
        for number, session in enumerate(cohort_sessions(cohort), start=1)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("courses.change_session")
def move(request: HttpRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(Session, pk=pk)
    starts, ends = local(session.starts_at), local(session.ends_at)
    initial = {"day": starts.date(), "begins": starts.time(), "ends": ends.time()}
    form = MoveForm(request.POST or None, initial=initial)
    step = Step(
        "Move a session",
        f"{day_words(session.starts_at)}, {times_words(session.starts_at, session.ends_at)}",
        "Move the session",
        "The session is moved",
    )

    def verb() -> Told:
        times = form.cleaned_data
        return move_session(
            session=get_object_or_404(Session, pk=pk),
            starts_at=times["begins_at"],
            ends_at=times["ends_at"],
            by=request.user,
            reason=times["reason"],
        )

    return step_page(request, cohort_or_404(session.cohort_id), form, step, verb)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("courses.change_session")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(Session, pk=pk)
    form = ReasonForm(request.POST or None)
    step = Step(
        "Cancel a session",
        f"{day_words(session.starts_at)}, {times_words(session.starts_at, session.ends_at)}."
        " This cannot be taken back.",
        "Cancel the session",
        "The session is cancelled",
    )

    def verb() -> Told:
        return cancel_session(
            session=get_object_or_404(Session, pk=pk),
            by=request.user,
            reason=form.cleaned_data["reason"],
        )

    return step_page(request, cohort_or_404(session.cohort_id), form, step, verb)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("courses.change_cohort")
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    cohort = cohort_or_404(pk)
    form = ReasonForm(request.POST or None)
    step = Step(
        "Call off the cohort",
        "All that is still to come will not take place, and the lists are closed. Before the first"
        " session every place is cancelled with it. This cannot be taken back.",
        "Call off the cohort",
        "The cohort is called off",
    )

    def verb() -> Told:
        return call_off_cohort(cohort=cohort, by=request.user, reason=form.cleaned_data["reason"])

    return step_page(request, cohort, form, step, verb)


# What the three share ----------------------------------------------------------------------------


def step_page(
    request: HttpRequest, cohort: Cohort, form: forms.Form, step: Step, verb: Verb
) -> HttpResponse:
    """Form, then a look at the mails, then the deed; whatever is refused says why on the form."""
    template, would = "step", None
    if request.method == "POST" and form.is_valid():
        does = request.POST.get("do", "")
        try:
            if does == "do":
                told = verb()
                messages.success(request, f"{step.done}. {told_words(told)}.")
                return redirect("courses_office:sessions", cohort.pk)
            if does == "look":
                template, would = "step_preview", rehearse(cohort, verb)
        except RegistrationRefused as refusal:
            form.add_error(None, refusal_words(refusal))
    return cohort_page(
        request,
        cohort,
        "sessions",
        template,
        title=step.title,
        status=422 if form.errors else 200,
        form=form,
        step=step,
        would=would,
    )


def rehearse(cohort: Cohort, verb: Verb) -> WouldTell:
    """Do it, read the mails that came of it, and take all back: the look is what would be sent."""
    before = set(OutboxMessage.objects.filter(cohort=cohort).values_list("pk", flat=True))
    with transaction.atomic():
        told = verb()
        mails = OutboxMessage.objects.filter(cohort=cohort).exclude(pk__in=before)
        would = WouldTell(told_words(told), samples(list(mails.order_by("pk"))))
        transaction.set_rollback(True)
    return would


def samples(mails: list[OutboxMessage]) -> list[tuple[str, OutboxMessage]]:
    """The first mail to a person, to somebody who booked, and to somebody who waits."""
    found: dict[str, OutboxMessage] = {}
    for mail in mails:
        who = (
            "one person"
            if mail.place_id
            else "one who waits"
            if mail.entry_id
            else "one who booked"
        )
        found.setdefault(f"What {who} is told", mail)
    return list(found.items())


def told_words(told: Told) -> str:
    if not told.mails:
        return "Nobody is told, because nobody has a place"
    parts = [
        counted(number, *words)
        for number, words in (
            (told.people, ("person", "people")),
            (told.bookers, ("person who booked", "people who booked")),
            (told.waiting, ("person who waits", "people who wait")),
        )
        if number
    ]
    return f"{upper_first(joined(parts))} {'is' if told.mails == 1 else 'are'} told by mail"


def refusal_words(refusal: RegistrationRefused) -> str:
    if isinstance(refusal, UnfitTimes):
        return str(refusal)
    if isinstance(refusal, TooLate):
        return "This session is over; it stays as it was."
    if isinstance(refusal, NothingToChange):
        return "There is nothing to change: it is so already, or somebody was quicker."
    return str(refusal)
