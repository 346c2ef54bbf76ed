"""Paragraphs that begin with a time, as meeting programs and typists write them. Pure.

A paragraph lasts until the next begins: no time is invented, but for the end of the last. The
layout that most lines have is that of the file; other lines that hold a time are words.
"""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from media.cues import Reading, SpokenCue
from media.reading.layouts import Stamp, stamp_in
from media.reading.lines import Findings, Line, clean_lines, one_kind_of_line_end
from media.reading.times import ARROW, clock

LONGEST_MS = 15_000
MS_A_WORD, LEAST_MS = 400, 2000


@dataclass
class Turn:
    """What is said from one time on. `start` is None if no clock shows it."""

    line: Line
    stamp: Stamp
    words: list[Line] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return [self.line, *self.words]

    @property
    def text(self) -> str:
        said = [self.stamp.words, *(" ".join(line.text.split()) for line in self.words)]
        return "\n".join(part for part in said if part)


def are_timed(text: str) -> bool:
    """Whether this is no caption file, but has paragraphs with times."""
    lines = [Line(at, part) for at, part in enumerate(one_kind_of_line_end(text).split("\n"), 1)]
    if ARROW in text or any(line.times for line in lines):
        return False
    return any(stamp_in(line.text) for line in lines)


def read(text: str) -> Reading:
    findings = Findings()
    lines = [line for line in clean_lines(text, findings) if not line.is_empty]
    turns = in_order(turns_of(lines, findings), findings)
    made = map(cue_of, turns, next_times(turns), itertools.repeat(findings))
    cues = [cue for cue in made if cue]
    note_long(cues, turns, findings)
    if not cues and not findings.problems:
        findings.lost(lines, "there are times, but no words with them.")
    problems = sorted(findings.problems, key=lambda problem: problem.line)
    return Reading(cues=tuple(cues), problems=tuple(problems))


def turns_of(lines: Sequence[Line], findings: Findings) -> list[Turn]:
    stamps = [(line, stamp_in(line.text)) for line in lines]
    (layout, _), *_ = Counter(stamp.layout for _, stamp in stamps if stamp).most_common(1)
    turns: list[Turn] = []
    above: list[Line] = []
    for line, stamp in stamps:
        ends_all = stamp and line is lines[-1] and not (stamp.words or stamp.speaker)
        if stamp and (stamp.layout == layout or ends_all):
            turns.append(Turn(line, stamp))
        elif turns:
            turns[-1].words.append(line)
            if stamp:
                findings.note(line, "the time here is kept as words; it stands unlike the others.")
        else:
            above.append(line)
    if above:
        message = "these words stand before the first time, so they are left out."
        findings.note(above, message)
    return turns


def in_order(turns: Sequence[Turn], findings: Findings) -> list[Turn]:
    """The turns that follow each other; one that goes back in time must be put right."""
    kept: list[Turn] = []
    for turn in turns:
        before = kept[-1].stamp.start if kept else None
        if turn.stamp.start is None:
            findings.lost(turn.lines, "no clock shows this time. Correct it.")
        elif before is not None and turn.stamp.start < before:
            message = (
                f"this time is earlier than the one above, {clock(before)}. Correct it, or take"
                " the brackets and the colons away if it belongs to the words."
            )
            findings.lost(turn.lines, message)
        else:
            kept.append(turn)
    return kept


def cue_of(turn: Turn, following: int | None, findings: Findings) -> SpokenCue | None:
    """What is said until the time that follows; None if there is nothing to say."""
    start, stamp = turn.stamp.start or 0, turn.stamp
    if not turn.text:
        message = "there are no words here; the time is read as the end of those above."
        findings.note(turn.line, message)
        return None
    if stamp.end is not None and stamp.end <= start:
        findings.lost(turn.lines, "the words end before they start. Correct the second time.")
        return None
    end = stamp.end or following
    if end is None:
        end = start + max(LEAST_MS, MS_A_WORD * len(turn.text.split()))
        message = (
            f"the file does not say when these words end; {clock(end)} is taken. If that is wrong,"
            " add a last line with the right time alone."
        )
        findings.note(turn.line, message)
    return SpokenCue(
        start_ms=start, end_ms=end, speaker=stamp.speaker, text=turn.text, line=turn.line.number
    )


def next_times(turns: Sequence[Turn]) -> list[int | None]:
    """For each turn the next time that is later than its own; None after the last."""
    later: list[int | None] = []
    ahead = below = None
    for turn in reversed(turns):
        start = turn.stamp.start
        if below is not None and start is not None and below > start:
            ahead = below
        later.append(ahead)
        below = start
    return later[::-1]


def note_long(cues: Sequence[SpokenCue], turns: Sequence[Turn], findings: Findings) -> None:
    long = [cue for cue in cues if cue.end_ms - cue.start_ms > LONGEST_MS]
    if long:
        line = next(turn.line for turn in turns if turn.line.number == long[0].line)
        count = "one paragraph lasts" if len(long) == 1 else f"{len(long)} paragraphs last"
        message = (
            f"{count} longer than {LONGEST_MS // 1000} seconds: good to read, but much for"
            " captions. A captions file (VTT or SRT) does better."
        )
        findings.note(line, message)
