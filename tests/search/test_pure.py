"""Words, questions, snippets and near misses, without a database."""

import doctest
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.nearby import edits, edits_allowed, nearest, pieces
from search.passages import Mark
from search.query import Query, expand, parse
from search.snippets import Part, marked, snippet, without_title
from search.words import STOP_WORDS, composed, fold, stem, words

PURE = ["finding", "kinds", "paging", "query", "snippets", "spelling"]


@pytest.mark.parametrize("name", PURE)
def test_examples_in_docstrings_hold(name: str) -> None:
    assert doctest.testmod(import_module(f"search.{name}")).failed == 0


def said(parts: tuple[Part, ...]) -> str:
    return "".join(f"[{part.text}]" if part.hit else part.text for part in parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Children’s one-to-one", ["children", "one", "to", "one"]),
        ("don't DON’T", ["dont", "dont"]),
        ("snake_case and C:\\temp", ["snake", "case", "and", "c", "temp"]),
        ("Café naïve Łódź", ["cafe", "naive", "łodz"]),
        ("s's '' 's", ["s", "s"]),
        ("x" * 100, ["x" * 64]),
    ],
)
def test_words_have_one_form(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("american", "here"),
    [
        *(("color", "colour"), ("neighborhood", "neighbourhood"), ("centers", "centres")),
        *(("analyzing", "analysing"), ("recognized", "recognised"), ("traveled", "travelled")),
        *(("license", "licence"), ("gray", "grey"), ("fulfillment", "fulfilment")),
    ],
)
def test_both_spellings_have_one_form(american: str, here: str) -> None:
    assert words(american) == words(here)


@pytest.mark.parametrize("word", ["prize", "size", "seized", "citizen", "doctor", "error", "later"])
def test_words_that_only_look_american_stay(word: str) -> None:
    assert words(word) == [word]


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_composed_text_stays_as_it_is(text: str) -> None:
    once = composed(text)
    assert composed(once) == once
    assert "\x00" not in once


def test_letters_joined_in_print_are_parted() -> None:
    assert words(composed("of\ufb01ce co\u00adoperation")) == ["office", "cooperation"]


@pytest.mark.parametrize(
    ("one", "two"), [("listening", "listens"), ("ponies", "pony"), ("organise", "organisation")]
)
def test_forms_of_a_word_have_one_stem(one: str, two: str) -> None:
    assert stem(one) == stem(two)


def test_words_that_carry_nothing_are_dropped_unless_there_are_no_others() -> None:
    assert [term.typed for term in parse("what is the plan").terms] == ["plan"]
    assert [term.typed for term in parse("who is it").terms] == ["who", "is", "it"]


def test_a_question_may_hold_phrases() -> None:
    assert [term.typed for term in parse('calm "one to one" “” talk').terms] == [
        *("calm", "one to one", "talk")
    ]


def test_a_long_question_is_cut_and_says_so() -> None:
    assert (len(parse("word " * 50).words), parse("word " * 50).cut) == (32, True)
    assert parse("a few words").cut is False


def test_a_sentence_echoes_all_its_runs_of_three() -> None:
    query = parse("one two three four five six seven eight")
    assert query.is_sentence
    assert query.echoes[0] == query.words
    assert ("three", "four", "five") in query.echoes


def test_a_question_of_one_word_echoes_nothing() -> None:
    assert parse("one").echoes == ()
    assert not Query()


GROUPS = [("INSET", "CPD", "continuing professional development"), ("pupil", "learner")]


@pytest.mark.parametrize(
    ("asked", "alternatives"),
    [
        ("cpd day", [["cpd", "inset", "continuing professional development"], ["day"]]),
        ("learners", [["learners", "pupil"]]),
        (
            "continuing professional developments",
            [["continuing professional developments", "inset", "cpd"]],
        ),
        ("professional", [["professional"]]),
    ],
)
def test_a_term_stands_for_its_whole_group(asked: str, alternatives: list[list[str]]) -> None:
    terms = expand(parse(asked), GROUPS).terms
    assert [[" ".join(words) for words in term.alternatives] for term in terms] == alternatives


@pytest.mark.parametrize(
    ("one", "two", "distance"),
    [("lisening", "listening", 1), ("teh", "the", 1), ("abc", "abc", 0), ("fonics", "phonics", 2)],
)
def test_edits_are_counted(one: str, two: str, distance: int) -> None:
    assert edits(one, two, 2) == distance == edits(two, one, 2)


@given(st.text("abcd", max_size=9), st.text("abcd", max_size=9))
def test_edits_are_the_same_both_ways(one: str, two: str) -> None:
    assert edits(one, two, 2) == edits(two, one, 2)


@given(st.text("abcdef", min_size=4, max_size=12), st.data())
def test_a_piece_of_a_mistyped_word_stands_in_the_right_one(word: str, data: st.DataObject) -> None:
    letters = list(word)
    for _ in range(edits_allowed(word)):
        letters[data.draw(st.integers(0, len(letters) - 1))] = data.draw(st.sampled_from("xyz"))
    assert any(piece in "".join(letters) for piece in pieces(word))


def test_the_nearest_word_comes_first_then_the_commoner() -> None:
    known = [("listing", "list", 9), ("listening", "listen", 1), ("lessons", "lesson", 5)]
    assert nearest("listning", known) == ["listing", "listening"]
    assert nearest("lis", known) == []


def test_a_snippet_is_the_sentence_around_the_hit() -> None:
    text = "First we met. " * 30 + "Then we began listening to them. " + "Last we left. " * 30
    found = said(snippet(text, parse("listening")).parts)
    assert found.startswith("Then we began [listening] to them. Last we left.")


def test_headings_and_facts_do_not_run_into_the_words_around_them() -> None:
    text = "Why routines at all\nThe first forty seconds\nWhat to try.\nKeep it for a fortnight."
    found = said(snippet(text, parse("seconds")).parts)
    assert "The first forty [seconds] · What to try.\nKeep it" in found


def test_a_snippet_shows_where_most_of_the_words_are() -> None:
    text = "A calm day. " + "Nothing at all. " * 30 + "A calm start each morning."
    assert "[calm start]" in said(snippet(text, parse("calm start")).parts)


def test_a_snippet_without_sentences_is_cut_at_words() -> None:
    found = said(snippet("word " * 100 + "listening " + "word " * 100, parse("listening")).parts)
    assert found.startswith("… word")
    assert found.endswith("word …")
    assert "[listening]" in found


def test_a_snippet_of_a_book_is_found_at_its_end() -> None:
    text = "Nothing of it stands here. " * 20_000 + "Only here we organise corridors."
    assert "[organise corridors]" in said(snippet(text, parse("organize corridors")).parts)


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("A card.\nEntry routine\non one page\nStand here.", "A card.\nStand here."),
        ("ENTRY ROUTINE ON ONE PAGE Stand here.", "Stand here."),
        ("Leeds. Entry routine on one page “Stand” here.", "Leeds. “Stand” here."),
        ("Use the entry routine on one page.", "Use the entry routine on one page."),
        ("Entry routine on one page", ""),
    ],
)
def test_a_title_that_heads_its_own_words_is_left_out_of_them(body: str, kept: str) -> None:
    assert without_title(body, "Entry routine on one page") == kept


def test_a_title_of_one_word_goes_only_where_it_stands_alone() -> None:
    assert without_title("Joy\nJoy Division sang.", "Joy") == "Joy Division sang."
    assert without_title("Any text", "") == "Any text"


def test_a_quoted_phrase_makes_the_whole_question_exact() -> None:
    assert parse("calm “start of day” lessons school").most == 4
    assert parse("calm start of day lessons school").most == 4
    assert parse("calm start of lessons").most == 2


def test_the_cue_of_a_hit_is_the_one_in_which_it_begins() -> None:
    text = "We wait. Half of it is listening. Yes."
    marks = [Mark(0, 0, "A"), Mark(9, 5_000, "B"), Mark(34, 9_000, "A")]
    found = snippet(text, parse("listening"), marks)
    assert (found.mark, said(found.parts)) == (marks[1], "Half of it is [listening].")


def test_a_passage_found_by_its_speaker_opens_at_its_own_first_cue() -> None:
    marks = [Mark(0, 0, "A"), Mark(9, 5_000, "B")]
    found = snippet("We wait. Half of it.", parse("principal"), marks, lead=9)
    assert (found.mark, said(found.parts)) == (marks[1], "Half of it.")


def test_all_of_a_title_is_shown() -> None:
    assert said(marked("A glossary of listening", parse("listens"))) == "A glossary of [listening]"


def test_stop_words_are_in_their_own_form() -> None:
    assert {word for each in STOP_WORDS for word in words(each)} == STOP_WORDS
