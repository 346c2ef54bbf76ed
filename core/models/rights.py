"""Which rights the site has given to its groups of staff: each once."""

from django.contrib.auth.models import Group
from django.db import models


class StaffRole(models.Model):
    """A group that the site made. It may be renamed; if it was deleted, it is not made again."""

    name = models.CharField(max_length=80, primary_key=True)
    group = models.OneToOneField(
        Group, null=True, on_delete=models.SET_NULL, related_name="staff_role"
    )
    granted = models.JSONField(default=list)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
