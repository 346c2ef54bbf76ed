"""Which picture is on screen when: a title, the chapters as a track list, lines that people said.

Pure: a storyboard is a list of shots with times, whoever draws them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from demo.studio.script import Talk
from demo.studio.timeline import Span, chapter_starts

TITLE = 4_200
BEFORE_QUOTE = 150
AFTER_QUOTE = 900
SHORTEST = 2_200
END = 2_300


@dataclass(frozen=True)
class Shot:
    """A picture from `start` until the next shot. `kind` is title, chapter, quote, key or end."""

    kind: str
    start: int
    chapter: int = 0
    speaker: str = ""
    text: str = ""


def shots(talk: Talk, found: Sequence[Span], duration: int) -> list[Shot]:
    """The whole film in order, without a shot too short to be read."""
    raw = [Shot("title", 0)]
    raw += [shot for shot in _chapters(talk, found) if shot.start >= TITLE]
    raw = _with_first_chapter(raw, found)
    for shot in _quotes(talk, found):
        raw = _lay_over(raw, shot, _end_of(shot, found) + AFTER_QUOTE)
    raw = [shot for shot in raw if shot.start < duration - END]
    return [*_unhurried(raw, duration - END), Shot("end", duration - END)]


def _chapters(talk: Talk, found: Sequence[Span]) -> list[Shot]:
    """A shot for each turn of a speaker; a new chapter shows a little before it is spoken."""
    firsts = chapter_starts(found)
    turns: list[Shot] = []
    for span in found:
        if turns and (turns[-1].chapter, turns[-1].speaker) == (span.chapter, span.speaker):
            continue
        early = 500 if span.start == firsts[span.chapter] else 0
        turns.append(Shot("chapter", span.start - early, span.chapter, span.speaker))
    return turns


def _with_first_chapter(raw: list[Shot], found: Sequence[Span]) -> list[Shot]:
    """After the title comes whoever is speaking by then."""
    speaking = [span for span in found if span.start <= TITLE][-1]
    after = Shot("chapter", TITLE, speaking.chapter, speaking.speaker)
    return [raw[0], after, *raw[1:]]


def _quotes(talk: Talk, found: Sequence[Span]) -> list[Shot]:
    wanted = {talk.key_line: "key"}
    wanted |= {chapter.pull: "quote" for chapter in talk.chapters if chapter.pull}
    quotes = []
    for text, kind in wanted.items():
        run = _run(text, found)
        if run:
            head = run[0]
            start = head.start - BEFORE_QUOTE
            quotes.append(Shot(kind, start, head.chapter, head.speaker, text))
    return sorted(quotes, key=lambda shot: shot.start)


def _run(text: str, found: Sequence[Span]) -> list[Span]:
    """The phrases that together say a text, wherever it stands in its paragraph."""
    for first in range(len(found)):
        said = ""
        for last in range(first, len(found)):
            said = f"{said} {found[last].text}".strip()
            if said == text:
                return list(found[first : last + 1])
            if not text.startswith(said):
                break
    return []


def _end_of(shot: Shot, found: Sequence[Span]) -> int:
    return _run(shot.text, found)[-1].end


def _lay_over(raw: list[Shot], shot: Shot, until: int) -> list[Shot]:
    """A quote covers what it overlaps; afterwards the chapter comes back, speaker and all."""
    before = [one for one in raw if one.start < shot.start]
    covered = [one for one in raw if shot.start <= one.start < until]
    after = [one for one in raw if one.start >= until]
    back = (covered or before)[-1]
    if back.chapter != shot.chapter or (covered and covered[-1].kind != "chapter"):
        return [*before, shot, *covered, *after]
    returned = Shot("chapter", until, back.chapter, back.speaker)
    return [*before, shot, returned, *after]


def _unhurried(raw: list[Shot], until: int) -> list[Shot]:
    """Without chapter shots that would flash past; the shot before them stays instead."""
    kept = []
    for index, shot in enumerate(raw):
        following = raw[index + 1].start if index + 1 < len(raw) else until
        if shot.kind == "chapter" and following - shot.start < SHORTEST:
            continue
        kept.append(shot)
    return kept
