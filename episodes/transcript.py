"""The words of a talk as people read them: chapters of paragraphs, and what was searched for. Pure.

A paragraph is what one person says until they stop: consecutive cues of one speaker and chapter,
broken at the end of a sentence after some seconds.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from media.cues import Spoken

LONG_MS, LONGEST_MS = 12_000, 20_000
PAUSE_MS, AFTER_PAUSE_MS = 250, 5_000
EARLY_MS = 300
LONGEST_QUERY = 100
SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*$")


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a paragraph; `hit` is the number of the found place, 0 for plain words."""

    text: str
    hit: int = 0
    is_current: bool = False

    @property
    def html(self) -> str:
        if not self.hit:
            return escape(self.text)
        place = ' id="found" class="is-here"' if self.is_current else ""
        return f"<mark{place}>{escape(self.text)}</mark>"


@dataclass(slots=True)
class Paragraph:
    start_ms: int
    end_ms: int
    speaker: str
    text: str
    begins_turn: bool = True
    parts: list[Part] = field(default_factory=list)

    @property
    def names_speaker(self) -> bool:
        return self.begins_turn and bool(self.speaker)

    @property
    def seconds(self) -> int:
        return self.start_ms // 1000

    @property
    def marked(self) -> str:
        """Its parts as escaped HTML, made here: one letter is found ten thousand times in a long
        talk, which a template takes five seconds to write."""
        return "".join(part.html for part in self.parts)


@dataclass(slots=True)
class Chapter:
    start_ms: int
    title: str
    paragraphs: list[Paragraph] = field(default_factory=list)


def chapters_of(cues: Iterable[Spoken], starts: Sequence[tuple[int, str]]) -> list[Chapter]:
    """Chapters in order, each with its paragraphs; words before the first stand in one without a
    title."""
    chapters = [Chapter(start, title) for start, title in sorted(starts, key=lambda pair: pair[0])]
    if not chapters or chapters[0].start_ms > 0:
        chapters.insert(0, Chapter(0, ""))
    at = 0
    for cue in cues:
        while at + 1 < len(chapters) and cue.start_ms >= chapters[at + 1].start_ms - EARLY_MS:
            at += 1
        add(chapters[at].paragraphs, cue)
    if not chapters[0].title and not chapters[0].paragraphs:
        chapters.pop(0)
    return chapters


def add(paragraphs: list[Paragraph], cue: Spoken) -> None:
    words = " ".join(cue.text.split())
    if not words:
        return
    last = paragraphs[-1] if paragraphs else None
    if last is not None and goes_on(last, cue):
        last.text = f"{last.text} {words}"
        last.end_ms = max(last.end_ms, cue.end_ms)
        return
    begins = last is None or last.speaker != cue.speaker
    paragraphs.append(Paragraph(cue.start_ms, cue.end_ms, cue.speaker, words, begins))


def goes_on(paragraph: Paragraph, cue: Spoken) -> bool:
    """Whether the cue belongs to the paragraph rather than beginning one of its own."""
    if paragraph.speaker != cue.speaker or cue.end_ms - paragraph.start_ms > LONGEST_MS:
        return False
    spoken = paragraph.end_ms - paragraph.start_ms
    paused = cue.start_ms - paragraph.end_ms >= PAUSE_MS
    enough = spoken >= (AFTER_PAUSE_MS if paused else LONG_MS)
    return not (enough and SENTENCE_END.search(paragraph.text))


# Find in the talk -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked for, how many places there are, and at which of them the reader stands."""

    query: str = ""
    count: int = 0
    current: int = 0


def find(chapters: Sequence[Chapter], query: str, current: int, step: int = 0) -> Found:
    """Split every paragraph into parts around the places found; `current` moves by `step`."""
    words = " ".join(query.split())[:LONGEST_QUERY]
    pattern = re.compile(expression(words), re.IGNORECASE) if words else None
    paragraphs = [paragraph for chapter in chapters for paragraph in chapter.paragraphs]
    count = sum(len(pattern.findall(item.text)) for item in paragraphs) if pattern else 0
    here = (current - 1 + step) % count + 1 if count else 0
    hit = 0
    for paragraph in paragraphs:
        paragraph.parts = []
        for text, is_hit in pieces(paragraph.text, pattern):
            hit += is_hit
            paragraph.parts.append(Part(text, hit * is_hit, bool(is_hit) and hit == here))
    return Found(words, count, here)


def expression(words: str) -> str:
    """The words with any white space between them and any apostrophe in them."""
    escaped = r"\s+".join(re.escape(word) for word in words.split())
    return re.sub("['’]", "['’]", escaped)


def pieces(text: str, pattern: "re.Pattern[str] | None") -> Iterator[tuple[str, bool]]:
    at = 0
    for match in pattern.finditer(text) if pattern else ():
        if match.start() > at:
            yield text[at : match.start()], False
        yield match.group(), True
        at = match.end()
    if at < len(text):
        yield text[at:], False
