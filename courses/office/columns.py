"""Cells of the organisers' lists."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.ui.tables import Column

from courses.models import Cohort, OutboxMessage
from courses.when import clock_words, date_words


def named(cohort: Cohort) -> SafeString:
    """Two programmes may have cohorts in one term."""
    return format_html(
        '{} <span class="cohort-of">{}</span>', cohort.dated_title, cohort.version.name
    )


def fill(cohort: Cohort) -> SafeString | str:
    """Taken of all, with a bar where there is a limit."""
    if cohort.capacity is None:
        return f"{cohort.seats_taken}, no limit"
    return format_html(
        '<span class="fill"><progress class="fill__bar" value="{}" max="{}" aria-hidden="true">'
        "</progress> {} of {}</span>",
        cohort.seats_taken,
        cohort.capacity,
        cohort.seats_taken,
        cohort.capacity,
    )


def waiting(cohort: Any) -> SafeString | str:
    """Who waits, and who has an offer: each leads to the list."""
    words = [
        f"{number} {label}"
        for number, label in ((cohort.waiting_count, "waiting"), (cohort.offered_count, "offered"))
        if number
    ]
    if not words:
        return "nobody"
    url = reverse("courses_office:waiting", args=[cohort.pk])
    return format_html(
        '<a class="nowrap" href="{}">{}<span class="w-sr-only"> for {}</span></a>',
        url,
        ", ".join(words),
        cohort.dated_title,
    )


def next_session(cohort: Cohort) -> SafeString | str:
    now = timezone.now()
    coming = [session for session in cohort.dated if session.ends_at > now]
    if not coming or cohort.called_off_at:
        return "none"
    return moment(coming[0].starts_at)


def nowrap(words: str) -> SafeString:
    return format_html('<span class="nowrap">{}</span>', words)


def opens(cohort: Cohort) -> SafeString:
    return moment(cohort.opens_at)


def moment(when: datetime) -> SafeString:
    """The day does not break, so that a column of them is read at a glance."""
    return format_html("{}, {}", nowrap(date_words(when)), nowrap(clock_words(when)))


def roster_link(cohort: Cohort) -> SafeString:
    url = reverse("courses_office:roster", args=[cohort.pk])
    return format_html(
        '<a href="{}">Roster<span class="w-sr-only"> of {}</span></a>', url, cohort.dated_title
    )


def state(cohort: Cohort) -> str:
    return str(cohort.state(timezone.now()).label)


def made(mail: OutboxMessage) -> SafeString:
    return moment(mail.created_at)


class Made(Column):
    """A cell made by a function of the row. On a phone, where rows are cards, it says its label."""

    def __init__(self, name: str, make: Any, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.make = make

    def get_value(self, instance: Any) -> Any:
        words = self.make(instance)
        if words == "":
            return words
        label = format_html('<span class="made-label">{}</span>', self.label)
        return format_html("{} {}", label, words)
