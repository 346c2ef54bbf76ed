"""Words of the library, for typing errors; and words that mean the same."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel

from search.words import words


class VocabularyWord(models.Model):
    """A word of the rows, with the number of rows that hold it."""

    word = models.CharField(max_length=64, primary_key=True)
    stem = models.CharField(max_length=64, db_index=True)
    rows = models.IntegerField(default=0)

    def __str__(self) -> str:
        return self.word


class Synonyms(models.Model):
    """Words that mean the same: whoever asks for one finds the others, on every engine."""

    words = models.CharField(
        "words that mean the same",
        max_length=500,
        unique=True,
        help_text="Parted by commas, such as: INSET, CPD, continuing professional development.",
    )

    panels = [FieldPanel("words")]

    class Meta:
        verbose_name = verbose_name_plural = "synonyms"
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        if len(self.group()) < 2:
            raise ValidationError({"words": "Give two words or more, parted by commas."})

    def group(self) -> tuple[str, ...]:
        names = (name.strip() for name in self.words.split(","))
        return tuple(name for name in dict.fromkeys(names) if words(name))
