"""A note that the demo library was loaded, so that what an editor deletes stays deleted."""

from django.db import models


class LoadedPart(models.Model):
    name = models.CharField(max_length=40, unique=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
