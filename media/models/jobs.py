"""Work on a recording that takes long: what an editor sees of it, and can ask for again."""

from django.conf import settings
from django.db import models

from media.models.recordings import Recording

OPEN = ("waiting", "running")


class Job(models.Model):
    """One run of one kind of work. The row outlives the task, the worker and the power supply."""

    class Kind(models.TextChoices):
        INSPECT = "inspect", "Read length, picture and sound"
        HEAR = "hear", "Write down what is said, on this server"
        PROVIDER = "provider", "Write down what is said, by AssemblyAI"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Working"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    note = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    reference = models.CharField(max_length=80, blank=True)
    task = models.CharField(max_length=64, blank=True, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recording", "kind"],
                condition=models.Q(state__in=OPEN),
                name="one_open_job_per_kind",
            ),
            # Listening takes all that the machine can give. A row cannot be lost with a process, as
            # a lock can: the clock closes the row of a worker that was killed.
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(kind="hear", state="running"),
                name="one_hearing_at_a_time",
            ),
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="percent_to_100"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.recording}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN
