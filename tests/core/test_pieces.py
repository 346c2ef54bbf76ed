"""Pieces of pages that are kept by their values."""

from typing import Any

import pytest
from django.utils import translation
from django.utils.safestring import SafeString

from core.entries import Cover, Entry
from core.look.pieces import piece
from home.models import HomePage

ENTRY = "components/entry/entry.html"
FEEDS = "components/feeds/feeds.html"


def entry(title: str, **fields: Any) -> SafeString:
    return piece(ENTRY, entry=Entry(title=title, url="/", kind="Page", **fields))


def test_the_same_values_give_the_very_same_piece() -> None:
    assert entry("One") is entry("One")


def test_another_value_gives_another_piece_however_deep_it_lies() -> None:
    covers = [Cover(slug="a", motif="arcs", sleeve=sleeve) for sleeve in ("sea", "moss")]
    assert len({entry("One"), entry("Two"), *(entry("One", cover=each) for each in covers)}) == 4


def test_words_are_no_html_even_where_the_same_were_html_before() -> None:
    bold = "<b>Bold</b>"
    assert bold in piece(FEEDS, name=SafeString(bold))
    assert bold not in piece(FEEDS, name=bold)


@pytest.mark.parametrize("value", [SafeString("<b>"), [], ("a", [])])
def test_values_that_do_not_say_all_of_themselves_are_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        entry("One", meta=(value,))


def test_a_model_is_refused(home: HomePage) -> None:
    with pytest.raises(TypeError, match="no finished value"):
        piece(FEEDS, name=home)


def test_a_preview_in_another_language_leaves_no_words_behind() -> None:
    with translation.override("fr"):
        french = entry("One")
    assert entry("One") is not french
