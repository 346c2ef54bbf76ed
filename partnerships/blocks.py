"""Blocks of a case study: a series of figures, drawn as a chart and told as a table."""

from decimal import Decimal
from typing import Any

from wagtail import blocks

from partnerships.charts import Chart, Point, chart


class PointBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=40, help_text="Such as Autumn 2022, with the year.")
    value = blocks.DecimalBlock(
        required=False, help_text="Empty where nobody measured: the line then has a gap."
    )


class TrendValue(blocks.StructValue):
    def chart(self) -> Chart | None:
        """The drawing; None where nothing was measured."""
        points = [
            Point(point["label"], None if point["value"] is None else Decimal(point["value"]))
            for point in self["points"]
        ]
        return chart(points, self["unit"] or "")


class TrendBlock(blocks.StructBlock):
    """A series never stands alone either: it is refused, even in a draft, without its source."""

    claim = blocks.CharBlock(
        max_length=160, help_text="What the reader sees: Removals fell from 118 to 31 in two years."
    )
    what = blocks.CharBlock(max_length=80, help_text="What is counted: Removals from lessons.")
    unit = blocks.CharBlock(max_length=12, required=False, help_text="Such as % or days.")
    step = blocks.CharBlock(max_length=20, default="Term", help_text="What one point stands for.")
    points = blocks.ListBlock(PointBlock(), min_num=2, max_num=24)
    base = blocks.CharBlock(max_length=120, required=False, help_text="Out of how many.")
    years = blocks.CharBlock(max_length=20, help_text="Such as 2022 to 2024.")
    source = blocks.CharBlock(max_length=200)
    source_url = blocks.URLBlock(required=False, label="address of the source")
    is_sample = blocks.BooleanBlock(required=False, label="sample figures")

    class Meta:
        icon = "history"
        label = "Figures over time"
        description = "One figure, term by term: a chart with its table, its years and its source."
        template = "components/chart/chart.html"
        value_class = TrendValue
        preview_value = {
            "claim": "Removals from lessons fell from 118 to 31 in two years.",
            "what": "Removals from lessons",
            "step": "Term",
            "points": [
                {"label": "Autumn 2022", "value": 118},
                {"label": "Summer 2023", "value": 71},
                {"label": "Summer 2024", "value": 31},
            ],
            "years": "2022 to 2024",
            "source": "records of the school",
            "is_sample": True,
        }

    def defer_required_validation(self) -> None:
        """Drafts are held to the same rule, so no way of publishing can get round it."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if all(point["value"] is None for point in cleaned["points"]):
            raise blocks.StructBlockValidationError(
                block_errors={},
                non_block_errors=[f"“{cleaned['what']}” has no value at any point."],
            )
        return cleaned
