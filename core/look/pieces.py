"""Pieces of a page that are made once for all pages: HTML that follows from its values alone.

A piece is named by its template and by every value that it shows, so one that is kept can never be
out of date: what has changed has another name. That holds for finished values only, those that say
all of themselves when they are compared. A model does not (it is its number, whatever else is in
it), nor does a list; both are refused.
"""

import datetime
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeData, SafeString
from django.utils.translation import get_language

MOST = 2048
PLAIN = (str, int, float, Decimal, datetime.date, type(None))


def piece(template: str, **values: Any) -> SafeString:
    """The template with these values; made anew each time only while a site is developed."""
    make = made.__wrapped__ if settings.DEBUG else made
    return make(template, get_language(), **values)


@lru_cache(maxsize=MOST, typed=True)
def made(template: str, language: str, **values: Any) -> SafeString:
    for name, value in values.items():
        if not isinstance(value, SafeData) and not is_finished(value):
            raise TypeError(f"{template}: {name} is no finished value: {value!r}")
    return render_to_string(template, values)


def is_finished(value: Any) -> bool:
    """Inside of another value, HTML is refused as well: it would be equal to the same words."""
    if isinstance(value, tuple):
        return all(map(is_finished, value))
    if is_dataclass(value):
        return all(is_finished(getattr(value, field.name)) for field in fields(value))
    return isinstance(value, PLAIN) and not isinstance(value, SafeData)
