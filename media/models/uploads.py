"""A film on its way to us in parts, until a recording takes it or nobody wants it any more."""

import secrets

from django.conf import settings
from django.db import models


def new_token() -> str:
    return secrets.token_urlsafe(32)


class Upload(models.Model):
    """The row outlives the bytes: as long as it stands, what it names may have to be deleted.

    A recording that takes the bytes deletes the row in its own transaction.
    """

    class State(models.TextChoices):
        OPEN = "open", "On its way"
        ARRIVED = "arrived", "Arrived"
        GOING = "going", "To be deleted"

    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField("size in bytes")
    # When the file was last changed, as the browser tells: with name and size it tells the same
    # file again, so that a broken upload goes on.
    modified = models.BigIntegerField(default=0)
    stored_as = models.CharField(max_length=255, unique=True)
    # The bucket's own name of this upload; empty on disk.
    reference = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="upload_is_not_empty")
        ]

    def __str__(self) -> str:
        return self.name
