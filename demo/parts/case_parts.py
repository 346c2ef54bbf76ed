"""What a sample case study is made of."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from demo.parts.making import Stream


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    metric: str
    before: str = ""
    before_year: str = ""
    after: str
    after_year: str
    unit: str = ""
    lower_is_better: bool = False
    base: str = ""
    source: str = "records of the school"

    def fields(self) -> dict[str, Any]:
        return {
            "metric": self.metric,
            "unit": self.unit,
            "lower_is_better": self.lower_is_better,
            "before": Decimal(self.before) if self.before else None,
            "before_year": self.before_year,
            "after": Decimal(self.after),
            "after_year": self.after_year,
            "base": self.base,
            "source": self.source,
            "is_sample": True,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    slug: str
    title: str
    summary: str
    scheme: str
    context: dict[str, Any]
    figures: tuple[Figure, ...]
    body: Stream
    trends: Stream = field(default_factory=list)
    quote: Stream = field(default_factory=list)
    links: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


TERMS = ("Autumn 2022", "Spring 2023", "Summer 2023", "Autumn 2023", "Spring 2024", "Summer 2024")


def trend(claim: str, what: str, values: tuple[int | None, ...], **more: str) -> tuple[str, Any]:
    points = [
        {"label": label, "value": value if value is None else Decimal(value)}
        for label, value in zip(TERMS, values, strict=True)
    ]
    return "trend", {
        "claim": claim,
        "what": what,
        "unit": "",
        "step": "Term",
        "points": points,
        "base": "",
        "years": "2022 to 2024",
        "source": "records of the school",
        "source_url": "",
        "is_sample": True,
        **more,
    }


def said(words: str, who: str, role: str) -> Stream:
    return [("quote", {"text": words, "people": [{"who": who, "role": role}], "is_sample": True})]
