"""Who waits: for a place on a full cohort, or for registration to open."""

from django.db import models

from courses.enums import WaitingKind, WaitingState


class WaitingEntry(models.Model):
    """The order of the list is the order of `pk`; timed offers build on it."""

    cohort = models.ForeignKey("courses.Cohort", on_delete=models.CASCADE, related_name="waiting")
    kind = models.CharField(max_length=12, choices=WaitingKind.choices)
    name = models.CharField(max_length=120)
    email = models.EmailField(help_text="Kept in small letters.")
    organisation = models.CharField(max_length=160, blank=True)
    consent_version = models.CharField(max_length=20)
    state = models.CharField(
        max_length=12, choices=WaitingState.choices, default=WaitingState.WAITING
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "waiting-list entry"
        verbose_name_plural = "waiting-list entries"
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "kind", "email"],
                condition=models.Q(state=WaitingState.WAITING),
                name="a_person_waits_once",
            )
        ]

    def __str__(self) -> str:
        return f"Entry {self.pk}"
