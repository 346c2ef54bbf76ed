"""The shape of most things in a list: a title and, if need be, some words."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable


class Part(Orderable):
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)

    panels = [FieldPanel("title"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title
