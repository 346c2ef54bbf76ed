"""Who waits: for a place on a full cohort, or for registration to open."""

from django.db import models
from django.urls import reverse

from courses.enums import WaitingKind, WaitingState
from courses.models.bookings import make_token


class WaitingQuerySet(models.QuerySet["WaitingEntry"]):
    def in_turn(self) -> "WaitingQuerySet":
        """First whom an organiser gave the next free place, then who came first."""
        return self.order_by(models.F("turn_given_at").asc(nulls_last=True), "pk")

    def same_as(self, entry: "WaitingEntry") -> "WaitingQuerySet":
        """The open entry of the same person on the same list: one at most."""
        same = self.filter(cohort=entry.cohort_id, kind=entry.kind, email=entry.email)
        return same.filter(state__in=[WaitingState.WAITING, WaitingState.OFFERED])

    def ahead_of(self, entry: "WaitingEntry") -> "WaitingQuerySet":
        """Who waits for a place of the same cohort and comes before `entry`; who joined twice
        counts twice, whatever the first entry came to.
        """
        counted = [WaitingState.WAITING, WaitingState.REPEATED]
        waiting = self.filter(cohort=entry.cohort_id, kind=WaitingKind.PLACE, state__in=counted)
        if entry.turn_given_at:
            return waiting.filter(turn_given_at__lt=entry.turn_given_at)
        return waiting.filter(models.Q(turn_given_at__isnull=False) | models.Q(pk__lt=entry.pk))


class WaitingEntry(models.Model):
    """The order of the list is the order of `pk`, but for who was given the next turn. One entry
    gets one offer at most.

    While it is offered it holds a seat, counted in the cohort's `seats_taken`.
    """

    cohort = models.ForeignKey("courses.Cohort", on_delete=models.CASCADE, related_name="waiting")
    kind = models.CharField(max_length=12, choices=WaitingKind.choices)
    name = models.CharField(max_length=120)
    email = models.EmailField(help_text="Kept in small letters.")
    organisation = models.CharField(max_length=160, blank=True)
    consent_version = models.CharField(max_length=20)
    state = models.CharField(
        max_length=12, choices=WaitingState.choices, default=WaitingState.WAITING
    )
    token = models.CharField(max_length=64, unique=True, default=make_token, editable=False)
    turn_given_at = models.DateTimeField(
        null=True, editable=False, help_text="When an organiser gave them the next free place."
    )
    offered_at = models.DateTimeField(null=True, blank=True, editable=False)
    offer_ends_at = models.DateTimeField(null=True, blank=True, editable=False)
    place = models.OneToOneField(
        "courses.Place", null=True, blank=True, on_delete=models.SET_NULL, related_name="waited"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WaitingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "waiting-list entry"
        verbose_name_plural = "waiting-list entries"
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "kind", "email"],
                condition=models.Q(state__in=[WaitingState.WAITING, WaitingState.OFFERED]),
                name="a_person_waits_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=WaitingState.OFFERED)
                | models.Q(offered_at__isnull=False, offer_ends_at__gt=models.F("offered_at")),
                name="an_offer_has_an_end",
            ),
        ]
        indexes = [
            models.Index(
                fields=["offer_ends_at"],
                condition=models.Q(state=WaitingState.OFFERED),
                name="offers_by_their_end",
            )
        ]

    def __str__(self) -> str:
        return f"Entry {self.pk}"

    @property
    def url(self) -> str:
        return reverse("courses:waiting", args=[self.token])
