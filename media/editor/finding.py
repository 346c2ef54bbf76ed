"""Find words in lines, and put others in their place. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from zlib import crc32

from media.cues import SpokenCue
from media.editor.limits import moved

AROUND = 60  # letters of context on either side
APOSTROPHES = "['’]"


@dataclass(frozen=True)
class Question:
    """What is looked for, and what shall stand instead."""

    find: str
    instead: str = ""
    whole: bool = False
    match_case: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any white space between words is as good as another, and so is any apostrophe."""
        words = (re.escape(word) for word in self.find.split())
        body = re.sub(APOSTROPHES, APOSTROPHES, r"\s+".join(words))
        if self.whole:
            body = rf"(?<!\w){body}(?!\w)"
        return re.compile(body, 0 if self.match_case else re.IGNORECASE)

    @cached_property
    def sure_part(self) -> str:
        """Letters that are in every line with a hit, however the database compares letters."""
        return max(re.findall(r"[A-Za-z0-9]+", self.find), key=len, default="")

    @property
    def in_words(self) -> str:
        return f"“{self.find}” became “{self.instead}”" if self.instead else f"“{self.find}” went"


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A place in a line, with what stands around it; the mark is that of a tick box."""

    key: str
    start_ms: int
    first: int
    last: int
    text: str

    @property
    def mark(self) -> str:
        """Another one as soon as the line says something else."""
        return f"{self.key}-{self.first}-{crc32(self.text.encode()):08x}"

    @property
    def second(self) -> int:
        return self.start_ms // 1000

    @property
    def said(self) -> str:
        return self.text[self.first : self.last]

    @property
    def before(self) -> str:
        words = self.text[max(0, self.first - AROUND) : self.first]
        return f"… {words}" if self.first > AROUND else words

    @property
    def after(self) -> str:
        words = self.text[self.last : self.last + AROUND]
        return f"{words} …" if self.last + AROUND < len(self.text) else words


def hits(question: Question, key: str, start_ms: int, text: str) -> Iterator[Hit]:
    for found in question.pattern.finditer(text):
        first, last = found.span()
        yield Hit(key=key, start_ms=start_ms, first=first, last=last, text=text)


def replaced(
    question: Question, cue: SpokenCue, marks: Collection[str]
) -> tuple[SpokenCue, set[str]]:
    """The line with the ticked places replaced, and the ticks that were found here."""
    chosen = [hit for hit in hits(question, cue.key, cue.start_ms, cue.text) if hit.mark in marks]
    text, doubts = cue.text, cue.doubts
    for hit in reversed(chosen):
        new = text[: hit.first] + question.instead + text[hit.last :]
        doubts = moved(doubts, text, new)
        text = new
    return replace(cue, text=text, doubts=doubts), {hit.mark for hit in chosen}
