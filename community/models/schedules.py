"""When an event is: first time, rule, end of the rule, days left out."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from community.recurrence import Repeat, Schedule

REPEATS = [
    (Repeat.ONCE, "Once"),
    (Repeat.WEEKLY, "Every week"),
    (Repeat.FORTNIGHTLY, "Every second week"),
    (Repeat.MONTHLY_WEEKDAY, "Every month, same weekday (second Tuesday)"),
    (Repeat.MONTHLY_DATE, "Every month, same date (the 12th)"),
]
TOLD_TO_CALENDARS = ("starts_at", "ends_at", "repeat", "until", "place", "is_cancelled")


class Scheduled(models.Model):
    """`sequence` rises by itself whenever time or place changes on the published page."""

    starts_at = models.DateTimeField("starts", help_text="London time. The first time, if again.")
    ends_at = models.DateTimeField("ends")
    repeat = models.CharField(max_length=20, choices=REPEATS, default=Repeat.ONCE)
    until = models.DateField("last day", null=True, blank=True, help_text="Empty: no end yet.")
    place = models.CharField(max_length=160, blank=True, help_text="As people would look for it.")
    is_cancelled = models.BooleanField(
        "cancelled", default=False, help_text="Stays in the calendar, and says so."
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)

    schedule_panels = [
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("repeat"), FieldPanel("until")]),
                InlinePanel("days_off", label="day", heading="Not on these days"),
            ],
            heading="Again",
        ),
        FieldRowPanel([FieldPanel("place"), FieldPanel("is_cancelled")]),
    ]
    schedule_constraints: list[models.BaseConstraint] = [
        models.CheckConstraint(
            condition=models.Q(ends_at__gt=models.F("starts_at")),
            name="an_event_ends_after_it_starts",
        )
    ]

    days_off: Any

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sequence = self.next_sequence()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        for name in ("starts_at", "ends_at"):
            at = getattr(self, name)
            if at and not 2000 <= at.year <= 2100:
                raise ValidationError({name: "Choose a year from 2000 to 2100."})
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": "The end is not after the start."})
        if self.until and self.starts_at and self.until < timezone.localdate(self.starts_at):
            raise ValidationError({"until": "The last day is before the first."})

    def next_sequence(self) -> int:
        """Counted from the stored row: a draft that is published late carries an old number."""
        stored = type(self)._default_manager.filter(pk=self.pk).first() if self.pk else None
        if stored is None:
            return self.sequence
        changed = any(getattr(stored, name) != getattr(self, name) for name in TOLD_TO_CALENDARS)
        days = {day.date for day in stored.days_off.all()}
        return stored.sequence + int(changed or days != {day.date for day in self.days_off.all()})

    @property
    def schedule(self) -> Schedule:
        return Schedule(
            starts=timezone.localtime(self.starts_at).replace(tzinfo=None),
            ends=timezone.localtime(self.ends_at).replace(tzinfo=None),
            repeat=Repeat(self.repeat),
            until=self.until,
            without=frozenset(day.date for day in self.days_off.all()),
        )
