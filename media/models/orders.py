"""What was handed to a provider: kept apart from the job, so that a second try finds it again."""

from django.db import models

from media.models.jobs import Job
from media.models.recordings import Recording


class Order(models.Model):
    """One recording at AssemblyAI. The row outlives the job: what was paid for can be fetched."""

    class State(models.TextChoices):
        NEW = "new", "Not yet handed over"
        SENT = "sent", "Handed over"
        TAKEN = "taken", "Words fetched"
        LOST = "lost", "Nothing came of it"

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="orders")
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="orders")
    state = models.CharField(max_length=6, choices=State, default=State.NEW)
    # When it was about to be handed over, and by which address of the sound it can be told there:
    # without a reference nobody knows whether it arrived.
    asked_at = models.DateTimeField(null=True)
    upload_url = models.TextField(blank=True)
    # Their name of it, and the SHA-256 of the token in the address that they call.
    reference = models.CharField(max_length=64, blank=True)
    door = models.CharField(max_length=64, unique=True)
    tries = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    deleted_there_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="new") | models.Q(state="lost") | ~models.Q(reference=""),
                name="order_sent_has_reference",
            )
        ]

    def __str__(self) -> str:
        return f"{self.recording}: {self.get_state_display()}"
