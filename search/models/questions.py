"""What readers asked, counted by day; nothing about who asked."""

from django.db import models


class AskedQuestion(models.Model):
    """A question on one day: how often it was asked, how many places it last found.

    `partly` counts places that say only some of its words: readers are told that none says all.
    """

    day = models.DateField()
    text = models.CharField("question", max_length=120)
    asked = models.PositiveIntegerField("times asked", default=0)
    found = models.PositiveIntegerField("places found", default=0)

    partly = models.PositiveIntegerField("places with some of the words", default=0)

    class Meta:
        verbose_name = "question"
        verbose_name_plural = "questions asked"
        ordering = ["-day", "-asked", "text"]
        constraints = [
            models.UniqueConstraint(fields=["day", "text"], name="a_question_counts_once_a_day")
        ]

    def __str__(self) -> str:
        return self.text
