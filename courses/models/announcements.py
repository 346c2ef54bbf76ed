"""What an organiser writes to the people of a cohort, or of one of its sessions."""

from django.conf import settings
from django.db import models


class Announcement(models.Model):
    """The words as they were written; each person's mail is a row of the outbox."""

    cohort = models.ForeignKey(
        "courses.Cohort", on_delete=models.CASCADE, related_name="announcements"
    )
    session = models.ForeignKey(
        "courses.Session", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    subject = models.CharField(max_length=160)
    text = models.TextField()
    to_words = models.CharField("sent to", max_length=200)
    key = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.subject
