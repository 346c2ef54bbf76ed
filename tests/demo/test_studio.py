"""The studio's pure parts, and the truth of what it has made.

Nothing here needs the studio's own packages: whoever changes a talk can run this at once.
"""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from demo.studio import covers, cues, manifest, phrases, storyboard, timeline, vtt
from demo.studio.paper import load as load_paper
from demo.studio.script import (
    ScriptError,
    Talk,
    catalogue_code,
    load_series,
    load_talk,
    load_talks,
)

DEMO = Path(__file__).resolve().parents[2] / "demo"
MEDIA = DEMO / "media"
SERIES = load_series(DEMO / "talks")
TALKS = load_talks(DEMO / "talks")
MEGABYTE = 1_000_000
REAL_TITLES = {
    "Classroom routines and joy",
    "Why strategies fail",
    "What\N{RIGHT SINGLE QUOTATION MARK}s the secret to joyful schools?",
}

every_talk = pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.slug)
every_film = pytest.mark.parametrize(
    "talk", [talk for talk in TALKS if talk.video], ids=lambda talk: talk.slug
)


def made(talk: Talk) -> dict[str, Any]:
    text = (MEDIA / talk.slug / "talk.json").read_text(encoding="utf-8")
    manifest_of_talk: dict[str, Any] = json.loads(text)
    return manifest_of_talk


def captions(talk: Talk) -> list[cues.Cue]:
    return vtt.parse((MEDIA / talk.slug / "captions.vtt").read_text(encoding="utf-8"))


def spans_of(*texts: str, paragraph: int = 0, start: int = 0) -> list[timeline.Span]:
    found = []
    for text in texts:
        end = start + len(text) * 1000 // 15
        found.append(timeline.Span(0, paragraph, "vice", text, start, end))
        start = end + timeline.AFTER_SENTENCE
    return found


# Phrases


def test_a_paragraph_is_cut_into_its_sentences() -> None:
    assert phrases.sentences("One. Is it two? Three!") == ["One.", "Is it two?", "Three!"]


def test_a_short_line_stays_on_one_line() -> None:
    assert phrases.wrap("Joy needs a floor.") == ["Joy needs a floor."]


def test_two_lines_are_as_even_as_they_can_be() -> None:
    assert phrases.wrap("A routine is not the opposite of joy at all.") == [
        "A routine is not the",
        "opposite of joy at all.",
    ]


def test_a_text_too_long_for_two_lines_does_not_fit() -> None:
    assert phrases.wrap("word " * 20) is None


def test_a_long_sentence_parts_where_a_speaker_would_draw_breath() -> None:
    sentence = (
        "If a child knows exactly what happens at the door, "
        "they do not spend the first minutes wondering."
    )
    assert phrases.phrases(sentence)[0] == "If a child knows exactly what happens at the door,"


def test_phrases_put_together_are_the_sentence() -> None:
    sentence = " ".join(["something"] * 40)
    assert " ".join(phrases.phrases(sentence)) == sentence


# Times


def test_the_pause_is_longest_where_a_chapter_ends() -> None:
    def piece(chapter: int, paragraph: int, speaker: str) -> timeline.Piece:
        return timeline.Piece(chapter, paragraph, speaker, "Well.")

    first = piece(0, 0, "vice")
    pauses = [
        timeline.pause(first, piece(0, 0, "vice")),
        timeline.pause(first, piece(0, 1, "science")),
        timeline.pause(first, piece(0, 1, "vice")),
        timeline.pause(first, piece(1, 1, "vice")),
    ]
    assert pauses == sorted(pauses)


def test_sentences_follow_one_another_with_their_pauses() -> None:
    parts = [timeline.Piece(0, 0, "vice", "One."), timeline.Piece(0, 0, "vice", "Two.")]
    takes = [timeline.Take(1000), timeline.Take(500)]
    begin = timeline.LEAD_IN
    assert timeline.starts(parts, takes) == [begin, begin + 1000 + timeline.AFTER_SENTENCE]


def test_a_talk_ends_after_its_last_word_and_a_tail() -> None:
    assert timeline.duration([900, 2900], [timeline.Take(1), timeline.Take(100)]) == (
        3000 + timeline.TAIL
    )


def test_a_sentence_of_two_phrases_parts_at_its_joint() -> None:
    text = "If a child knows exactly what happens at the door, they do not worry about the minutes."
    parts = [timeline.Piece(0, 0, "vice", text)]
    first, second = timeline.spans(parts, [timeline.Take(5000, (3000,))])
    assert (first.end, second.start) == (timeline.LEAD_IN + 3000,) * 2


def test_the_first_chapter_starts_at_nought_and_the_next_when_it_is_spoken() -> None:
    found = [
        timeline.Span(0, 0, "vice", "One.", 900, 1500),
        timeline.Span(1, 1, "vice", "Two.", 3000, 3500),
    ]
    assert timeline.chapter_starts(found) == [0, 3000]


def test_a_paragraph_runs_from_its_first_phrase_to_its_last() -> None:
    (whole,) = timeline.paragraphs(spans_of("One thing.", "And another."))
    assert whole.text == "One thing. And another."


# Captions


def test_short_sentences_of_one_paragraph_share_a_caption() -> None:
    (cue,) = cues.cut(spans_of("It felt daft.", "We did it anyway."))
    assert cue.text == "It felt daft. We did it anyway."


def test_two_paragraphs_never_share_a_caption() -> None:
    found = [*spans_of("It felt daft."), *spans_of("Yes.", paragraph=1, start=3000)]
    assert [cue.text for cue in cues.cut(found)] == ["It felt daft.", "Yes."]


def test_a_caption_goes_before_the_next_one_comes() -> None:
    found = spans_of(*["A sentence that is long enough to be alone."] * 3)
    shown = cues.cut(found)
    assert all(cue.end <= after.start for cue, after in itertools.pairwise(shown))


def test_a_quick_caption_stays_long_enough_to_be_read() -> None:
    (cue,) = cues.cut([timeline.Span(0, 0, "vice", "Seventeen letters", 0, 200)])
    assert cue.end - cue.start >= len(cue.text) * 1000 // cues.READING_SPEED


def test_captions_survive_being_written_and_read() -> None:
    cue = cues.Cue("Head of Year 7", ("Fish & chips", "< sprouts"), 61_001, 64_500)
    assert vtt.parse(vtt.render([cue], ["Sample."])) == [cue]


def test_a_block_that_is_no_cue_is_an_error() -> None:
    with pytest.raises(vtt.CaptionError, match="not a cue"):
        vtt.parse("WEBVTT\n\n1\n00:00:01.000 -> 00:00:02.000\n<v A>Words")


def test_a_file_that_is_not_webvtt_is_an_error() -> None:
    with pytest.raises(vtt.CaptionError, match="begins with WEBVTT"):
        vtt.parse("1\n00:00:01,000 --> 00:00:02,000\nWords")


# Pictures


def test_the_same_name_gives_the_same_cover() -> None:
    sleeve = covers.SLEEVES["marigold"]
    drawn = [covers.cover("arcs", "joy-on-purpose", sleeve, on_field=True) for _ in range(2)]
    assert drawn[0] == drawn[1]


def test_the_rings_of_a_record_fill_it_from_the_edge_inwards() -> None:
    found = covers.rings([100, 200, 100])
    assert [round(ring.radius, 2) for ring in found] == [180.25, 133.0, 85.75]


@every_film
def test_a_film_begins_with_its_title_shows_its_key_line_and_ends(talk: Talk) -> None:
    described = made(talk)
    found = [
        timeline.Span(
            row["chapter"], number, row["speaker"], sentence, row["start_ms"], row["end_ms"]
        )
        for number, row in enumerate(described["paragraphs"])
        for sentence in phrases.sentences(row["text"])
    ]
    kinds = [shot.kind for shot in storyboard.shots(talk, found, described["duration_ms"])]
    assert (kinds[0], kinds.count("key"), kinds[-1]) == ("title", 1, "end")


# Scripts

GOOD = (DEMO / "talks" / "classroom-routines-and-joy.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('voice = "joe"', 'voice = "jo"', "no voice that we know"),
        ('["science", "And nor', '["scientist", "And nor', "nobody is called scientist"),
        ('topics = ["Joy"]', 'topics = ["Bliss"]', "one topic or more of the five"),
        ('series = "joy-on-purpose"', 'series = "sorrow"', "no series is called sorrow"),
        ("number = 2", "track = 2", "unexpected keyword argument 'track'"),
        ('key_line = "A routine', 'key_line = "A habit', "the key line must be spoken"),
        ("recorded_days_ago = 23", "recorded_days_ago = 1", "before it is published"),
        ('file = "one-minute-observation-sheet.docx"', 'file = "a.txt"', "not a PDF or DOCX"),
        ('adapted_from = "entry', 'adapted_from = "no-entry', "a file that is not here"),
        ('title = "Why routines at all"', 'title = ""', "needs a title and lines"),
        ('title = "Classroom', "title = Classroom", "talk.toml"),
    ],
)
def test_a_talk_that_cannot_be_made_says_why(
    tmp_path: Path, was: str, becomes: str, says: str
) -> None:
    assert was in GOOD
    path = tmp_path / "talk.toml"
    path.write_text(GOOD.replace(was, becomes), encoding="utf-8")
    with pytest.raises(ScriptError, match=says):
        load_talk(path, frozenset(SERIES))


def test_there_are_fifteen_talks_in_three_series() -> None:
    tracks = {slug: [t.number for t in TALKS if t.series == slug] for slug in SERIES}
    assert tracks == {
        "joy-on-purpose": [1, 2, 3, 4, 5, 6],
        "plans-that-survive-october": [1, 2, 3, 4, 5],
        "small-steps-coaching": [1, 2, 3, 4],
    }


def test_only_the_three_real_titles_are_not_samples() -> None:
    assert {talk.title for talk in TALKS if not talk.sample} == REAL_TITLES


def test_all_wording_and_every_speaker_is_a_sample() -> None:
    assert all(
        talk.sample_wording and all(speaker.sample for speaker in talk.speakers.values())
        for talk in TALKS
    )


def test_a_talk_comes_out_every_week() -> None:
    days = sorted(talk.published_days_ago for talk in TALKS)
    assert days == [days[0] + 7 * week for week in range(len(TALKS))]


@every_talk
def test_every_resource_has_a_paper_behind_it(talk: Talk) -> None:
    series = SERIES[talk.series]
    assert all(load_paper(DEMO / "papers", one, talk, series).blocks for one in talk.resources)


# What is made


@every_talk
def test_every_file_of_a_talk_is_there_and_as_large_as_it_says(talk: Talk) -> None:
    described = made(talk)
    assert described["files"] == manifest.files(talk, MEDIA / talk.slug)
    assert described["code"] == catalogue_code(SERIES[talk.series], talk)
    listed = {file["path"] for file in described["files"]} | {"talk.json"}
    assert listed == {path.name for path in (MEDIA / talk.slug).iterdir()}


@every_talk
def test_a_talk_has_sound_captions_and_all_its_resources(talk: Talk) -> None:
    paths = {file["path"] for file in made(talk)["files"]}
    assert {"talk.mp3", "captions.vtt"} | {one.file for one in talk.resources} <= paths


@every_film
def test_a_film_has_two_formats_and_a_poster_under_a_megabyte_a_minute(talk: Talk) -> None:
    described = made(talk)
    films = {file["path"]: file["bytes"] for file in described["files"] if file["width"]}
    assert set(films) == {"talk.mp4", "talk.webm", "poster.webp"}
    assert max(films.values()) * 60_000 / described["duration_ms"] < MEGABYTE


def test_at_least_six_talks_are_films_and_every_series_has_one() -> None:
    films = [talk for talk in TALKS if talk.video]
    assert len(films) >= 6
    assert {talk.series for talk in films} == set(SERIES)
    assert {talk.title for talk in films} >= REAL_TITLES


def test_all_that_is_made_is_under_forty_megabytes() -> None:
    assert sum(p.stat().st_size for p in MEDIA.rglob("*") if p.is_file()) < 40 * MEGABYTE


@every_talk
def test_captions_are_the_script_word_for_word(talk: Talk) -> None:
    assert " ".join(cue.text for cue in captions(talk)) == talk.words


@every_talk
def test_captions_name_who_speaks(talk: Talk) -> None:
    roles = {speaker.role for speaker in talk.speakers.values()}
    assert {cue.speaker for cue in captions(talk)} == roles


@every_talk
def test_captions_can_be_read_in_time(talk: Talk) -> None:
    shown = captions(talk)
    assert all(len(line) <= phrases.LINE for cue in shown for line in cue.lines)
    assert all(len(cue.lines) <= phrases.LINES for cue in shown)
    assert all(0 < cue.end - cue.start <= cues.LONGEST for cue in shown)
    assert all(cue.end <= after.start for cue, after in itertools.pairwise(shown))


@every_talk
def test_a_talk_lasts_one_to_two_minutes_and_its_words_fit_into_it(talk: Talk) -> None:
    length = made(talk)["duration_ms"]
    assert 60_000 <= length <= 130_000
    assert captions(talk)[-1].end <= length


@every_talk
def test_chapters_are_those_of_the_script_and_lie_within_the_talk(talk: Talk) -> None:
    described = made(talk)
    starts = [chapter["start_ms"] for chapter in described["chapters"]]
    assert [chapter["title"] for chapter in described["chapters"]] == [
        chapter.title for chapter in talk.chapters
    ]
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert starts[-1] < described["duration_ms"]


@every_talk
def test_the_paragraphs_of_a_talk_are_its_lines_in_order(talk: Talk) -> None:
    rows = made(talk)["paragraphs"]
    assert [(row["chapter"], row["speaker"], row["text"]) for row in rows] == [
        (number, line.speaker, line.text)
        for number, chapter in enumerate(talk.chapters)
        for line in chapter.lines
    ]
    assert all(row["start_ms"] < row["end_ms"] for row in rows)


@every_talk
def test_a_talk_says_that_its_voices_are_synthetic(talk: Talk) -> None:
    described = made(talk)
    assert described["synthetic_voices"] is True
    assert all(voice["engine"] and voice["licence"] for voice in described["voices"])
    assert "synthetic" in (MEDIA / talk.slug / "captions.vtt").read_text(encoding="utf-8")
