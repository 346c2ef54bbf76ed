"""Schools, trusts and charities that book."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from courses.enums import OrganisationType
from courses.text import one_line

six_digits = RegexValidator(r"^[0-9]{6}\Z", "A URN has six digits, such as 123456.")


class Organisation(models.Model):
    """`key` says when two bookings come from the same organisation: name and postcode."""

    name = models.CharField(max_length=160)
    postcode = models.CharField(max_length=12)
    urn = models.CharField(
        "URN",
        max_length=8,
        blank=True,
        validators=[six_digits],
        help_text="The school’s six digits in the national register.",
    )
    type = models.CharField(max_length=12, choices=OrganisationType.choices, blank=True)
    is_member = models.BooleanField(
        "pays dues", default=False, help_text="Checked by an organiser, not what the booker says."
    )
    key = models.CharField(max_length=400, unique=True, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.postcode}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = organisation_key(self.name, self.postcode)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        self.name, self.postcode = one_line(self.name), one_line(self.postcode).upper()
        if not (self.name and self.postcode):
            raise ValidationError("Give a name and a postcode that people can read.")
        key = organisation_key(self.name, self.postcode)
        if Organisation.objects.filter(key=key).exclude(pk=self.pk).exists():
            raise ValidationError(
                "There is another organisation of this name and postcode, so bookings could not be"
                " told apart. Add something to one of the names."
            )


def organisation_key(name: str, postcode: str) -> str:
    """Cut where ligatures would make it longer than its column."""
    return f"{one_line(name).casefold()[:350]}|{''.join(postcode.split()).casefold()}"
