"""A cohort: one run of a programme, booked as a whole."""

from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from modelcluster.models import ClusterableModel

from core.models.querysets import visible_pages
from courses.enums import CohortState, SessionState
from courses.states import CohortFacts, seats_left, state_of
from courses.when import date_words

if TYPE_CHECKING:
    from courses.models.sessions import Session


# Moved by courses/services alone (ADR 0009).
COUNTED = ("id", "seats_taken", "told_state", "called_off_at", "timetable")


class CohortQuerySet(models.QuerySet["Cohort"]):
    def for_page(self) -> "CohortQuerySet":
        """All that a card or a table row says, in a fixed number of queries.

        `waiting_count` is of entries, also of people who joined twice: else it would tell whether
        somebody who joins was on the list.
        """
        in_line = models.Q(waiting__state__in=["waiting", "repeated"], waiting__kind="place")
        waiting = models.Count("waiting", filter=in_line, distinct=True)
        rows = self.select_related("version", "price").with_sessions()
        return rows.annotate(waiting_count=waiting)

    def with_sessions(self) -> "CohortQuerySet":
        sessions = apps.get_model("courses", "Session").objects.select_related("part")
        return self.prefetch_related(models.Prefetch("sessions", sessions))

    def of_visible_programmes(self) -> "CohortQuerySet":
        """Cohorts whose programme every reader may open; no other may be shown or booked."""
        return self.filter(programme_id__in=visible_pages().values("pk"))


class Cohort(ClusterableModel):
    programme = models.ForeignKey(
        "courses.ProgrammePage", on_delete=models.PROTECT, related_name="cohorts"
    )
    version = models.ForeignKey(
        "courses.ProgrammeVersion",
        on_delete=models.PROTECT,
        related_name="cohorts",
        help_text="The programme as this cohort is given it, also after the programme changes.",
    )
    price = models.ForeignKey("courses.PriceRule", on_delete=models.PROTECT, related_name="cohorts")
    number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Such as 3.")
    term = models.CharField(max_length=80, help_text="Such as Summer term 2027, first half.")
    slug = models.SlugField(
        "address",
        max_length=120,
        unique=True,
        blank=True,
        help_text="The end of its registration page’s address. Empty: made from the term.",
    )
    opens_at = models.DateTimeField("registration opens")
    closes_at = models.DateTimeField(
        "registration closes",
        null=True,
        blank=True,
        help_text="Empty: when the first session begins.",
    )
    capacity = models.PositiveIntegerField(
        null=True, blank=True, help_text="How many people. Empty: no limit is published."
    )
    seats_taken = models.PositiveIntegerField(default=0, editable=False)
    has_waiting_list = models.BooleanField("waiting list when full", default=True)
    offer_hours = models.PositiveSmallIntegerField(
        "hours to accept an offer",
        default=48,
        validators=[MinValueValidator(1), MaxValueValidator(336)],
        help_text="How long a place that came free is kept for the first of the waiting list.",
    )
    reminds_week_before = models.BooleanField("reminder a week before each session", default=False)
    reminds_day_before = models.BooleanField("reminder the day before each session", default=True)
    reminds_hour_before = models.BooleanField("reminder an hour before each session", default=False)
    kept_months = models.PositiveSmallIntegerField(
        "months to keep names",
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text="After the last session, at most the year that people are promised when they"
        " register. Then names and addresses are deleted; numbers stay.",
    )
    called_off_at = models.DateTimeField(null=True, blank=True, editable=False)
    timetable = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="Goes up with each change of the sessions that people are told of.",
    )
    is_sample = models.BooleanField("made up for the demonstration", default=False)

    told_state = models.CharField(
        max_length=12,
        blank=True,
        editable=False,
        help_text="The state that search was last told of.",
    )

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True)
                | models.Q(seats_taken__lte=models.F("capacity")),
                name="no_seat_is_sold_twice",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__isnull=True)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="registration_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return f"Cohort {self.number}, {self.term}" if self.number else self.term

    @property
    def dated_title(self) -> str:
        """With the day on which it begins: two cohorts of one term are told apart by it."""
        return ", from ".join(
            [self.title, *(date_words(each.starts_at) for each in self.dated[:1])]
        )

    @property
    def full_title(self) -> str:
        """With its programme: cohorts of two programmes may share term and day."""
        return f"{self.version.name}, {self.dated_title}"

    def clean(self) -> None:
        super().clean()
        problems: dict[str, str] = {}
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            problems["closes_at"] = "Registration must close after it opens."
        if self.capacity is not None and self.pk:
            sold = Cohort.objects.values_list("seats_taken", flat=True).get(pk=self.pk)
            if self.capacity < sold:
                problems["capacity"] = f"{sold} places are taken already; it cannot be less."
        if self.version_id and self.programme_id != self.version.programme_id:
            problems["version"] = "This version belongs to another programme."
        if self.price_id and self.programme_id != self.price.programme_id:
            problems["price"] = "This price belongs to another programme."
        if problems:
            raise ValidationError(problems)

    def save(self, **kwargs: Any) -> None:
        """Never write back what services count: a form may be older than the last booking."""
        self.slug = self.slug or self.free_slug()
        if not self._state.adding and kwargs.get("update_fields") is None:
            columns = [field.name for field in self._meta.concrete_fields]
            kept = [name for name in columns if name not in COUNTED]
            kwargs["update_fields"] = [*kept, "sessions"]
        super().save(**kwargs)

    def free_slug(self) -> str:
        wanted = slugify(f"{self.programme.slug} {self.term}")[:110]
        taken = set(Cohort.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
        names = (f"{wanted}-{number}" if number > 1 else wanted for number in count(1))
        return next(name for name in names if name not in taken)

    # What is derived ---------------------------------------------------------------------------

    @property
    def dated(self) -> list["Session"]:
        """Sessions that take place, in order of time; uses what was prefetched."""
        planned = (each for each in self.sessions.all() if each.state == SessionState.PLANNED)
        return sorted(planned, key=lambda session: session.starts_at)

    @property
    def facts(self) -> CohortFacts:
        sessions = self.dated
        return CohortFacts(
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            starts=sessions[0].starts_at if sessions else None,
            ends=max(session.ends_at for session in sessions) if sessions else None,
            capacity=self.capacity,
            seats_taken=self.seats_taken,
            has_waiting_list=self.has_waiting_list,
            is_called_off=self.called_off_at is not None,
        )

    @property
    def left(self) -> int | None:
        return seats_left(self.facts)

    def state(self, now: datetime | None = None) -> CohortState:
        return state_of(self.facts, now or timezone.now())

    @property
    def register_url(self) -> str:
        return reverse("courses:register", args=[self.slug])

    @property
    def joined_url(self) -> str:
        return reverse("courses:joined", args=[self.slug])
