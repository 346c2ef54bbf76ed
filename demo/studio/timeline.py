"""When everything is said: sentences laid end to end with the pauses of a conversation.

All times are whole milliseconds from the start of the talk.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from demo.studio.phrases import phrases, sentences
from demo.studio.script import Talk

LEAD_IN = 900
AFTER_SENTENCE = 380
AFTER_PARAGRAPH = 650
AFTER_SPEAKER = 500
AFTER_CHAPTER = 1500
TAIL = 2600


@dataclass(frozen=True)
class Piece:
    """One sentence as it goes to the voice."""

    chapter: int
    paragraph: int
    speaker: str
    text: str


@dataclass(frozen=True)
class Take:
    """A sentence as the voice gave it: how long it is, and where its phrases part."""

    length: int
    joints: tuple[int, ...] = ()


@dataclass(frozen=True)
class Span:
    """A phrase with its place in time."""

    chapter: int
    paragraph: int
    speaker: str
    text: str
    start: int
    end: int


def pieces(talk: Talk) -> list[Piece]:
    """The sentences of a talk; paragraphs are counted through the whole talk."""
    found = []
    paragraph = 0
    for index, chapter in enumerate(talk.chapters):
        for line in chapter.lines:
            found += [
                Piece(index, paragraph, line.speaker, sentence) for sentence in sentences(line.text)
            ]
            paragraph += 1
    return found


def pause(before: Piece, after: Piece) -> int:
    """The silence between two sentences: longer where the thought turns."""
    if before.chapter != after.chapter:
        return AFTER_CHAPTER
    if before.speaker != after.speaker:
        return AFTER_SPEAKER
    if before.paragraph != after.paragraph:
        return AFTER_PARAGRAPH
    return AFTER_SENTENCE


def starts(parts: Sequence[Piece], takes: Sequence[Take]) -> list[int]:
    """The moment at which each sentence begins."""
    now = LEAD_IN
    found = []
    for index, (piece, take) in enumerate(zip(parts, takes, strict=True)):
        found.append(now)
        now += take.length
        if index + 1 < len(parts):
            now += pause(piece, parts[index + 1])
    return found


def duration(begins: Sequence[int], takes: Sequence[Take]) -> int:
    """From the first frame to the last, silence included."""
    return begins[-1] + takes[-1].length + TAIL


def spans(parts: Sequence[Piece], takes: Sequence[Take]) -> list[Span]:
    """The phrases with their times, ready to be cut into captions."""
    found = []
    for piece, take, begin in zip(parts, takes, starts(parts, takes), strict=True):
        edges = [0, *take.joints, take.length]
        for text, left, right in zip(phrases(piece.text), edges, edges[1:], strict=False):
            found.append(
                Span(
                    piece.chapter,
                    piece.paragraph,
                    piece.speaker,
                    text,
                    begin + left,
                    begin + right,
                )
            )
    return found


def chapter_starts(found: Sequence[Span]) -> list[int]:
    """Where each chapter begins; the first always at nought, so that no second is without one."""
    first: dict[int, int] = {}
    for span in found:
        first.setdefault(span.chapter, span.start)
    return [0 if chapter == 0 else start for chapter, start in sorted(first.items())]


def paragraphs(found: Sequence[Span]) -> list[Span]:
    """Whole paragraphs with their times, as a transcript shows them."""
    whole: dict[int, Span] = {}
    for span in found:
        head = whole.get(span.paragraph)
        whole[span.paragraph] = (
            span
            if head is None
            else Span(
                head.chapter,
                head.paragraph,
                head.speaker,
                f"{head.text} {span.text}",
                head.start,
                span.end,
            )
        )
    return [whole[key] for key in sorted(whole)]
