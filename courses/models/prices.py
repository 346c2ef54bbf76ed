"""What a cohort costs an organisation, and what that covers."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models

from courses.money import amount_due, money_words


class PriceRule(models.Model):
    programme = models.ForeignKey(
        "courses.ProgrammePage", on_delete=models.PROTECT, related_name="prices"
    )
    name = models.CharField(max_length=80, help_text="To tell prices apart, such as 2027.")
    amount = models.DecimalField(
        max_digits=8,
        decimal_places=2,
        default=Decimal("0.00"),
        validators=[MinValueValidator(Decimal("0.00"))],
        help_text="For the organisation, not for each person. 0 if it is free.",
    )
    currency = models.CharField(
        max_length=3, default="GBP", choices=[("GBP", "Pounds"), ("EUR", "Euros")]
    )
    member_waiver = models.BooleanField("nothing for organisations that pay dues", default=False)
    dues_to = models.CharField(
        max_length=80, blank=True, help_text="To whom members pay their dues: Citizens UK."
    )
    places_included = models.PositiveSmallIntegerField(
        default=2,
        validators=[MinValueValidator(1)],
        help_text="How many people of an organisation one booking covers.",
    )
    conference = models.CharField(
        max_length=80, blank=True, help_text="A conference that it covers too, if any."
    )
    conference_places = models.PositiveSmallIntegerField(default=0)
    credited_later = models.BooleanField(
        "taken off the first year’s dues of those who join later", default=False
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = "price"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gte=0), name="no_price_is_below_zero"
            ),
            models.CheckConstraint(
                condition=models.Q(places_included__gte=1), name="a_price_covers_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.words}"

    @property
    def words(self) -> str:
        return money_words(self.amount, self.currency)

    def due_from(self, *, is_member: bool) -> Decimal:
        return amount_due(amount=self.amount, member_waiver=self.member_waiver, is_member=is_member)
