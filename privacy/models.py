"""What was done for privacy: nightly runs, exports and erasures. Names and addresses never."""

from django.conf import settings
from django.db import models


class RunKind(models.TextChoices):
    RETENTION = "retention", "What is kept no longer"
    EXPORT = "export", "Export of a person"
    ERASURE = "erasure", "Erasure of a person"


class Run(models.Model):
    """`counts` says how many rows of each sort; `problems` what did not work and why."""

    kind = models.CharField(max_length=12, choices=RunKind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    night = models.DateField(
        null=True, unique=True, help_text="The day of a nightly run: one run a night."
    )
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]
        permissions = [("erase_people", "Can see, export and erase what is kept of a person")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def outcome(self) -> str:
        if self.failed:
            return "Failed: nothing was changed"
        if self.problems:
            return "Part of it failed" if self.kind == RunKind.RETENTION else "Something is left"
        return "Done" if self.finished_at else "Did not finish"

    @property
    def failed(self) -> bool:
        """An erasure is done whole or not at all; of a nightly run a rule may fail."""
        return self.kind == RunKind.ERASURE and self.finished_at is None
