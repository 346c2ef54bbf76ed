"""Two editors at once: nothing that either did is lost without a word."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.cues import SpokenCue
from media.editor.limits import LONGEST_TEXT, clean_text, cleaned, moved, problem
from media.editor.merge import Change, merge, says

KEYS = [f"{number:012x}" for number in range(6)]
Lines = dict[str, SpokenCue]


def cue(key: str = KEYS[0], start: int = 0, text: str = "words", **parts: Any) -> SpokenCue:
    return SpokenCue(start_ms=start, end_ms=start + 900, text=text, key=key, **parts)


def talk(count: int = 4) -> Lines:
    return {key: cue(key, at * 1000, f"line {at}") for at, key in enumerate(KEYS[:count])}


def changes(before: Lines, after: Lines) -> list[Change]:
    return [
        Change(key=key, before=before.get(key), after=after.get(key))
        for key in {**before, **after}
        if says(before.get(key)) != says(after.get(key))
    ]


texts = st.text("abc ", min_size=1, max_size=6).filter(str.strip).map(str.strip)
edits = st.lists(
    st.one_of(
        st.tuples(st.just("text"), st.sampled_from(KEYS), texts),
        st.tuples(st.just("speaker"), st.sampled_from(KEYS), texts),
        st.tuples(st.just("time"), st.sampled_from(KEYS), st.integers(0, 5000)),
        st.tuples(st.just("delete"), st.sampled_from(KEYS), st.none()),
        st.tuples(st.just("insert"), st.sampled_from(KEYS), texts),
    ),
    max_size=8,
)


def edited(lines: Lines, done: list[tuple[str, str, str | int | None]]) -> Lines:
    lines = dict(lines)
    for what, key, value in done:
        if what == "insert":
            lines.setdefault(key, cue(key, 500, str(value)))
        elif key not in lines:
            continue
        elif what == "delete":
            del lines[key]
        elif what == "time":
            lines[key] = replace(lines[key], start_ms=int(value or 0), end_ms=int(value or 0) + 900)
        else:
            parts: dict[str, Any] = {what: value}
            lines[key] = replace(lines[key], **parts)
    return lines


PARTS = ("start_ms", "end_ms", "speaker", "text")


@given(mine=edits, theirs=edits)
def test_every_change_of_both_stands_or_is_a_conflict(
    mine: list[tuple[str, str, str | int | None]], theirs: list[tuple[str, str, str | int | None]]
) -> None:
    before = talk()
    me, they = edited(before, mine), edited(before, theirs)
    merged = merge(list(they.values()), changes(before, me))
    now = {each.key: each for each in merged.cues}
    told = {each.key for each in merged.conflicts}
    for key in KEYS:
        if key in told:
            assert says(now.get(key)) == says(they.get(key))
            continue
        for whose in (me, they):
            assert_stands(before.get(key), whose.get(key), now.get(key))


def assert_stands(before: SpokenCue | None, made: SpokenCue | None, now: SpokenCue | None) -> None:
    """Every part that somebody changed is in the result as they made it."""
    if says(before) == says(made):
        return
    if made is None or before is None:
        assert says(now) == says(made)
        return
    assert now is not None
    for part in PARTS:
        if getattr(made, part) != getattr(before, part):
            assert getattr(now, part) == getattr(made, part)


@given(mine=edits, theirs=edits)
def test_conflicts_show_both_versions(
    mine: list[tuple[str, str, str | int | None]], theirs: list[tuple[str, str, str | int | None]]
) -> None:
    before = talk()
    me, they = edited(before, mine), edited(before, theirs)
    for conflict in merge(list(they.values()), changes(before, me)).conflicts:
        assert says(conflict.yours) == says(me.get(conflict.key))
        assert says(conflict.theirs) == says(they.get(conflict.key))
        assert says(conflict.yours) != says(conflict.theirs)


@given(mine=edits)
def test_what_was_sent_twice_is_the_same_as_once(
    mine: list[tuple[str, str, str | int | None]],
) -> None:
    before = talk()
    sent = changes(before, edited(before, mine))
    once = merge(list(before.values()), sent)
    again = merge(once.cues, sent)
    assert (again.cues, again.conflicts) == (once.cues, ())


@pytest.mark.parametrize("arrived", [True, False])
def test_a_lost_answer_makes_no_conflict_with_oneself(arrived: bool) -> None:
    before, sent, after = cue(text="one"), cue(text="two"), cue(text="three")
    there = sent if arrived else before
    change = Change(key=KEYS[0], before=before, sent=sent, after=after)
    merged = merge([there], [change])
    assert [each.text for each in merged.cues] == ["three"]
    assert merged.conflicts == ()


@pytest.mark.parametrize("arrived", [True, False])
def test_a_deletion_that_was_undone_before_its_answer_came_is_undone(arrived: bool) -> None:
    line = cue()
    change = Change(key=KEYS[0], before=line, after=line, sent_away=True)
    merged = merge([] if arrived else [line], [change])
    assert (merged.cues, merged.conflicts) == ((line,), ())


def test_two_parts_of_one_line_come_together() -> None:
    before = cue(text="heat", speaker="Speaker A")
    theirs = replace(before, speaker="Vice principal")
    mine = replace(before, text="heed", doubts=((0, 2),))
    merged = merge([theirs], [Change(key=KEYS[0], before=before, after=mine)])
    assert says(merged.cues[0]) == (0, 900, "Vice principal", "heed")
    assert merged.cues[0].doubts == ((0, 2),)


def test_a_line_that_cannot_be_kept_is_named_and_holds_up_no_other() -> None:
    one, two = cue(), cue(KEYS[1], 2000)
    wrong = replace(one, end_ms=0)
    right = replace(two, text="other words")
    merged = merge(
        [one, two],
        [
            Change(key=one.key, before=one, after=wrong),
            Change(key=two.key, before=two, after=right),
        ],
    )
    assert [each.text for each in merged.cues] == ["words", "other words"]
    assert [each.key for each in merged.refusals] == [one.key]
    assert "ends before it begins" in merged.refusals[0].message


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (cue(text=""), "no words"),
        (cue(text="a" * (LONGEST_TEXT + 1)), "Split it"),
        (cue(speaker="a" * 121), "name is longer"),
        (cue(start=-1), "outside of any talk"),
        (cue(start=2**31 - 1), "outside of any talk"),
    ],
)
def test_what_no_line_can_be_is_said_in_words(wrong: SpokenCue, message: str) -> None:
    assert message in problem(wrong)


def test_a_line_is_kept_without_what_nobody_sees() -> None:
    typed = SpokenCue(
        start_ms=0,
        end_ms=1,
        speaker=" The\n head ",
        text=" one \r\n\r\n two\x00\ud800\tthree ",
        doubts=((0, 3), (2, 5), (90, 95), (4, 4)),
    )
    kept = cleaned(typed)
    assert (kept.speaker, kept.text, kept.doubts) == ("The head", "one\ntwo three", ((0, 3),))
    assert clean_text(kept.text) == kept.text


@given(
    head=st.text("ab", max_size=5),
    old=st.text("cd", max_size=5),
    new=st.text("ef", max_size=5),
    tail=st.text("gh", min_size=1, max_size=5),
)
def test_doubts_go_along_with_their_words(head: str, old: str, new: str, tail: str) -> None:
    before, after = head + old + tail, head + new + tail
    place = (len(before) - len(tail), len(before))
    found = moved((place,), before, after)
    assert [after[first:last] for first, last in found] == [tail]
