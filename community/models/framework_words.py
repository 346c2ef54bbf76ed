"""The words of a framework: the document behind it and what it is for."""

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField


class FrameworkWords(models.Model):
    """The document behind the framework and what it is for."""

    document = models.CharField(
        max_length=160, blank=True, help_text="Its full name and years, as it is published."
    )
    builds_on = models.CharField(max_length=200, blank=True, help_text="Guidance behind it.")
    builds_on_url = models.URLField("address of that guidance", blank=True)
    objective = RichTextField(blank=True, features=["bold", "link"])

    word_panels = [
        MultiFieldPanel(
            [FieldPanel("document"), FieldPanel("builds_on"), FieldPanel("builds_on_url")],
            heading="The document",
        ),
        FieldPanel("objective"),
    ]

    class Meta:
        abstract = True
