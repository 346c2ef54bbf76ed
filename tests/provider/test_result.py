"""Whatever times they send: every word stays, in order, and no two captions stand at once."""

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from media.provider.result import cues_of

TIMES = st.integers(0, 3_600_000)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.sampled_from(["one", "two.", "three,", "four?", "five"]),
            "start": TIMES,
            "end": TIMES,
            "confidence": st.floats(0, 1),
            "speaker": st.sampled_from(["A", "B", None]),
        }
    ),
    max_size=40,
)


@given(ROWS)
def test_no_word_is_lost_and_no_two_captions_stand_at_once(rows: list[dict[str, Any]]) -> None:
    cues = cues_of({"words": rows, "text": "x"})
    assert " ".join(cue.text for cue in cues).split() == [row["text"] for row in rows]
    assert all(cue.start_ms < cue.end_ms for cue in cues)
    assert all(one.end_ms <= other.start_ms for one, other in pairwise(cues))


def test_an_answer_without_words_and_text_is_silence() -> None:
    assert cues_of({"words": None, "text": ""}) == ()
