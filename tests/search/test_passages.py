from hypothesis import given
from hypothesis import strategies as st

from search.passages import Mark, passages

TALK = [
    (0, 20_000, "Coach", "Half of coaching is listening."),
    (20_000, 45_000, "Coach", "The other half is waiting"),
    (45_000, 70_000, "Coach", "long enough to find out  what you heard."),
    (70_000, 75_000, "Head", "And then?"),
]


def test_passages_last_about_a_minute() -> None:
    assert [(each.start_ms, each.end_ms) for each in passages(TALK)] == [
        (0, 45_000),
        (45_000, 75_000),
    ]


def test_the_last_cue_of_a_passage_is_repeated_at_the_front_of_the_next() -> None:
    second = passages(TALK)[1]
    assert second.text[: second.lead] == "The other half is waiting "


def test_a_sentence_across_the_cut_stands_whole_in_one_passage() -> None:
    sentence = "The other half is waiting long enough to find out what you heard."
    assert sentence in passages(TALK)[1].text


def test_each_mark_says_where_a_cue_begins_when_and_in_whose_voice() -> None:
    second = passages(TALK)[1]
    offset = second.text.index("And then?")
    assert second.marks[-1] == Mark(offset, 70_000, "Head")


def test_the_speakers_of_a_passage_are_its_own_not_the_lead_s() -> None:
    assert [each.speaker for each in passages(TALK)] == ["Coach", "Coach, Head"]


def test_a_cue_longer_than_a_minute_is_a_passage_of_its_own() -> None:
    found = passages([(0, 90_000, "", "One"), (90_000, 91_000, "", "two")])
    assert [each.text for each in found] == ["One", "One two"]


def test_cues_without_words_make_no_passage() -> None:
    assert passages([(0, 1000, "Coach", "  \n")]) == []


CUE = st.tuples(
    st.integers(0, 10**7), st.integers(0, 10**5), st.sampled_from(["", "A", "B"]), st.text()
)


@given(st.lists(CUE, max_size=60))
def test_every_cue_with_words_stands_in_exactly_one_passage(
    raw: list[tuple[int, int, str, str]],
) -> None:
    cues = sorted((start, start + length, who, text) for start, length, who, text in raw)
    found = passages(cues)
    own = [each.text[each.lead :] for each in found]
    words = [" ".join(text.split()) for *_, text in cues if text.split()]
    assert " ".join(own) == " ".join(words)
    assert all(own)


@given(st.lists(CUE, max_size=60))
def test_marks_rise_and_point_at_words(raw: list[tuple[int, int, str, str]]) -> None:
    cues = sorted((start, start + length, who, text) for start, length, who, text in raw)
    for each in passages(cues):
        offsets = [mark.offset for mark in each.marks]
        assert offsets == sorted(set(offsets))
        assert all(not each.text[offset].isspace() for offset in offsets)
