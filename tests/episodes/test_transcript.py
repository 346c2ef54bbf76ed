import pytest
from hypothesis import given
from hypothesis import strategies as st

from episodes.said import laid_out, with_now
from episodes.transcript import Chapter, Part, chapters_of, find
from media.cues import SpokenCue


def cue(start: int, end: int, text: str, speaker: str = "Ann") -> SpokenCue:
    return SpokenCue(start_ms=start, end_ms=end, text=text, speaker=speaker)


def texts(chapters: list[Chapter]) -> list[list[str]]:
    return [[paragraph.text for paragraph in chapter.paragraphs] for chapter in chapters]


def test_cues_of_one_speaker_become_one_paragraph() -> None:
    cues = [cue(0, 2000, "One half,"), cue(2000, 4000, "and\nthe other.")]
    assert texts(chapters_of(cues, [])) == [["One half, and the other."]]


def test_another_speaker_begins_a_paragraph_and_is_named() -> None:
    cues = [cue(0, 1000, "Yes?"), cue(1000, 2000, "No.", "Bob"), cue(2000, 3000, "So.", "Bob")]
    (chapter,) = chapters_of(cues, [])
    assert [(item.speaker, item.names_speaker) for item in chapter.paragraphs] == [
        ("Ann", True),
        ("Bob", True),
    ]


def test_a_long_turn_breaks_at_the_end_of_a_sentence() -> None:
    cues = [cue(at * 4000, at * 4000 + 4000, f"Sentence {at}.") for at in range(6)]
    assert [len(item.split(".")) - 1 for item in texts(chapters_of(cues, []))[0]] == [3, 3]


def test_a_turn_without_sentences_still_breaks() -> None:
    cues = [cue(at * 4000, at * 4000 + 4000, "and so on") for at in range(20)]
    paragraphs = chapters_of(cues, [])[0].paragraphs
    assert all(item.end_ms - item.start_ms <= 20_000 for item in paragraphs)
    assert [item.names_speaker for item in paragraphs].count(True) == 1


def test_a_pause_after_some_seconds_breaks_sooner() -> None:
    cues = [cue(0, 5500, "A thought."), cue(6000, 7000, "Another."), cue(7500, 8000, "More.")]
    assert texts(chapters_of(cues, [])) == [["A thought.", "Another. More."]]


def test_paragraphs_stand_in_their_chapters() -> None:
    cues = [cue(0, 900, "One."), cue(990, 2000, "Two."), cue(5000, 6000, "Three.")]
    chapters = chapters_of(cues, [(5000, "End"), (1000, "Middle"), (0, "Start")])
    assert [chapter.title for chapter in chapters] == ["Start", "Middle", "End"]
    assert texts(chapters) == [["One."], ["Two."], ["Three."]]


def test_words_before_the_first_chapter_stand_without_a_title() -> None:
    cues = [cue(0, 900, "Before."), cue(5000, 6000, "After.")]
    assert [c.title for c in chapters_of(cues, [(5000, "Start")])] == ["", "Start"]
    assert [c.title for c in chapters_of(cues[1:], [(5000, "Start")])] == ["Start"]


def test_no_words_are_no_paragraphs() -> None:
    assert texts(chapters_of([], [(0, "Start")])) == [[]]
    assert texts(chapters_of([cue(0, 1, "  ")], [])) == []
    assert with_now(laid_out(chapters_of([], [(0, "Start")])), 0) == ""


@pytest.mark.parametrize(
    ("at", "text"), [(0, "One."), (1500, "One."), (2000, "Two."), (999_999, "Two.")]
)
def test_the_spoken_paragraph_is_marked_alone(at: int, text: str) -> None:
    cues = [cue(500, 1000, "One."), cue(2000, 3000, "Two.", "Bob")]
    marked = with_now(laid_out(chapters_of(cues, [(0, "All")])), at)
    assert marked.count("aria-current") == marked.count("You are here") == 1
    (spoken,) = [item for item in marked.split("<li") if "aria-current" in item]
    assert text in spoken
    assert spoken.index("cue__speaker") < spoken.index("cue__now") < spoken.index("cue__time")


def sample() -> list[Chapter]:
    words = "A routine is not it. The Routine’s floor; routines."
    return chapters_of([cue(0, 1000, words), cue(1000, 2000, "routine", "Bob")], [])


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("routine", 4),
        ("ROUTINE", 4),
        ("  not   it ", 1),
        ("routine's", 1),
        (".", 2),
        ("(", 0),
        ("", 0),
        ("   ", 0),
        ("😀", 0),
        ("a" * 10_000, 0),
        (".*", 0),
        ("\\", 0),
        ("[", 0),
    ],
)
def test_places_are_counted(query: str, count: int) -> None:
    assert find(sample(), query, 1).count == count


@pytest.mark.parametrize(
    ("current", "step", "here"),
    [(1, 0, 1), (1, 1, 2), (4, 1, 1), (1, -1, 4), (999, 0, 3), (0, 0, 4)],
)
def test_stepping_goes_round(current: int, step: int, here: int) -> None:
    chapters = sample()
    found = find(chapters, "routine", current, step)
    assert found.current == here
    parts = [part for item in chapters[0].paragraphs for part in item.parts if part.hit]
    assert [part.is_current for part in parts] == [at == here for at in range(1, 5)]


@given(st.text(max_size=40), st.text(max_size=5), st.integers(-5, 50))
def test_marking_never_changes_the_words(words: str, query: str, current: int) -> None:
    chapters = chapters_of([cue(0, 1000, words)], [])
    find(chapters, query, current)
    for chapter in chapters:
        for paragraph in chapter.paragraphs:
            assert "".join(part.text for part in paragraph.parts) == paragraph.text


def test_marks_hold_words_and_never_markup() -> None:
    assert Part("<b>&", 1).html == "<mark>&lt;b&gt;&amp;</mark>"
    assert Part("<b>", 2, is_current=True).html.startswith('<mark id="found" class="is-here">&lt;b')
    assert Part("<script>").html == "&lt;script&gt;"
