"""The words of a talk as its page shows them, made once for every state of the transcript.

A talk of an hour has 1,500 cues; to read and lay them out costs ten times what the rest of the page
costs. What is kept is named by all that it is made of: which transcript, its revision, when it was
last changed, and the chapters. Services change cues and transcript in one transaction, and the
transcript is read before its cues, so older words are never kept under a newer name.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from episodes.transcript import Chapter, chapters_of
from media.models import Cue, Transcript

if TYPE_CHECKING:
    from episodes.talk import HasTalk

DAY = 24 * 60 * 60
COLUMNS = ("start_ms", "end_ms", "speaker", "text")
# Words hold no line break and no tag of their own, so these never touch them.
BETWEEN_TAGS = re.compile(r">\s*\n\s*<")
BROKEN = re.compile(r"\s*\n\s*")
TIME = '<a class="cue__time"'


@dataclass(frozen=True, slots=True)
class Said:
    """`starts` are the paragraphs: when each begins, and in which of the chapters it is."""

    html: SafeString
    text: str
    chapters: tuple[tuple[int, str], ...]
    starts: tuple[tuple[int, int], ...]

    def spoken_at(self, at_ms: int) -> int:
        """Which paragraph is spoken at a time: the last that has begun, or the first of all."""
        return max(0, bisect_right(self.starts, at_ms, key=lambda start: start[0]) - 1)


def said(episode: "HasTalk") -> Said:
    starts = episode.chapter_starts
    if episode.transcript is None:
        return laid_out(chapters_of([], starts))
    key = key_of(episode.transcript, starts)
    kept: Said | None = cache.get(key)
    if kept is None:
        kept = laid_out(chapters_of(cues_of(episode.transcript), starts))
        cache.set(key, kept, DAY)
    return kept


def key_of(transcript: Transcript, starts: Sequence[tuple[int, str]]) -> str:
    state = (transcript.revision, transcript.updated_at.timestamp(), starts)
    return f"said:{transcript.pk}:{hashlib.sha256(repr(state).encode()).hexdigest()}"


def cues_of(transcript: Transcript) -> Iterable[Any]:
    """Bare rows: to make models of 1,500 cues takes longer than to lay them out."""
    return Cue.objects.filter(transcript=transcript).values_list(*COLUMNS, named=True)


def laid_out(chapters: Sequence[Chapter]) -> Said:
    paragraphs = [
        (item.start_ms, at) for at, chapter in enumerate(chapters) for item in chapter.paragraphs
    ]
    texts = [item.text for chapter in chapters for item in chapter.paragraphs]
    return Said(
        html=rendered(chapters) if paragraphs else SafeString(""),
        text="\n".join(texts),
        chapters=tuple((chapter.start_ms, chapter.title) for chapter in chapters),
        starts=tuple(paragraphs),
    )


def rendered(chapters: Sequence[Chapter]) -> SafeString:
    """Without the white space of the template, which would weigh as much as the words."""
    html = render_to_string("components/transcript/words.html", {"chapters": chapters})
    return SafeString(BROKEN.sub(" ", BETWEEN_TAGS.sub("><", html)))


def with_now(words: Said, at_ms: int) -> SafeString:
    """The words with one paragraph marked as the one that is spoken."""
    if not words.starts:
        return words.html
    start = words.starts[words.spoken_at(at_ms)][0]
    opening = f'<li class="cue" data-start="{start}"'
    before, _, after = words.html.rpartition(opening)
    speaker, time, rest = after.partition(TIME)
    now = render_to_string("components/transcript/now.html")
    return SafeString(f'{before}{opening} aria-current="true"{speaker}{now}{time}{rest}')
