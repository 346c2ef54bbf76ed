"""Any input is a question or no question, on every engine, and never an error."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from search.finding import find, suggest
from search.query import MOST_WORDS, parse
from search.snippets import snippet
from tests.search.factories import make_found, make_talk
from tests.search.hostile import HOSTILE


def test_there_are_more_than_two_hundred() -> None:
    assert len(set(HOSTILE)) >= 200


@pytest.mark.usefixtures("on_each_engine")
def test_every_engine_answers_every_input(caplog: pytest.LogCaptureFixture) -> None:
    make_talk("What a coach listens for", [(0, 1000, "Coach", "Half of coaching is listening.")])
    make_found("A page", "a b c word listening and not near or 日本語 русский")
    for text in HOSTILE:
        assert find(text).count >= 0
        assert len(suggest(text)) <= 8
    assert not [each for each in caplog.records if each.levelname in {"WARNING", "ERROR"}]


@pytest.mark.usefixtures("home")
def test_the_page_answers_every_input(client: Client) -> None:
    make_found("A page", "a b c word listening and not near or")
    for text in HOSTILE:
        if "\ud800" <= max(text, default="") <= "\udfff" or "\udfff" in text:
            continue  # no browser can send half a character
        expected = 400 if "\x00" in text else 200
        for address in ("/search/", "/search/suggest/"):
            assert client.get(address, {"q": text}).status_code == expected, text[:40]


@pytest.mark.usefixtures("home")
def test_what_is_typed_is_shown_as_text_never_as_markup(client: Client) -> None:
    make_found("A <b>bold</b> title", "Words with <script>alert(1)</script> listening in them")
    content = client.get("/search/", {"q": "<script>listening"}).content.decode()
    assert "<script>alert" not in content
    assert "<script>listening" not in content
    assert "&lt;b&gt;bold&lt;/b&gt;" in content


@given(st.text(max_size=300))
def test_a_question_holds_letters_and_digits_only(text: str) -> None:
    query = parse(text)
    assert len(query.terms) <= MOST_WORDS
    assert all(word.isalnum() and word for word in query.words)


@given(st.text(max_size=300), st.text(max_size=60))
def test_a_snippet_is_part_of_its_text(text: str, asked: str) -> None:
    parts = snippet(text, parse(asked)).parts
    shown = "".join(part.text for part in parts)
    # Where a line ends without a sentence, a snippet shows a dot in the place of the break.
    words = shown.removeprefix("… ").removesuffix(" …").replace(" · ", " ").split()
    assert " ".join(words) in " ".join(text.replace(" · ", " ").split())
