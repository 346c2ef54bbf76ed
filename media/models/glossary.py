"""The trust's own terms: how they are written, and what a machine makes of them."""

from django.db import models


class GlossaryTerm(models.Model):
    term = models.CharField(
        max_length=80, unique=True, help_text="As it must be written, such as Pupil Premium."
    )
    heard_as = models.TextField(
        blank=True,
        help_text="What a machine writes instead, one a line, such as “people premium”.",
    )

    class Meta:
        ordering = ["term"]
        verbose_name = "glossary term"
        verbose_name_plural = "glossary"

    def __str__(self) -> str:
        return self.term

    @property
    def mishearings(self) -> list[str]:
        return [line.strip() for line in self.heard_as.splitlines() if line.strip()]
