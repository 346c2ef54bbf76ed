"""Cells of the organisers' lists."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.ui.tables import Column

from courses.models import Cohort
from courses.when import moment_words


def fill(cohort: Cohort) -> SafeString | str:
    """Taken of all, with a bar where there is a limit."""
    if cohort.capacity is None:
        return f"{cohort.seats_taken}, no limit"
    return format_html(
        '<progress value="{}" max="{}" aria-hidden="true"></progress> {} of {}',
        cohort.seats_taken,
        cohort.capacity,
        cohort.seats_taken,
        cohort.capacity,
    )


def opens(cohort: Cohort) -> str:
    return moment_words(cohort.opens_at)


def roster_link(cohort: Cohort) -> SafeString:
    url = reverse("courses_office:roster", args=[cohort.pk])
    return format_html('<a href="{}">Roster<span class="w-sr-only"> of {}</span></a>', url, cohort)


def state(cohort: Cohort) -> str:
    return str(cohort.state(timezone.now()).label)


class Made(Column):
    """A cell made by a function of the row."""

    def __init__(self, name: str, make: Any, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.make = make

    def get_value(self, instance: Any) -> Any:
        return self.make(instance)
