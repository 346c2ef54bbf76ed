"""Read WebVTT and SubRip; nothing is dropped without naming its line. Pure.

Every line of the file ends in one of three places: in a cue, in a part that holds no words (header,
NOTE, STYLE, REGION, a cue's name), or in a problem. What had to be mended is a problem that is not
`lost`; what is lost names its lines.
"""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from media.cues import Reading, SpokenCue
from media.reading.blocks import WORDLESS, Block, after_header, blocks
from media.reading.lines import WORDS, Findings, Line, clean_lines
from media.reading.names import names_taken
from media.reading.rolling import unrolled
from media.reading.times import ARROW, clock
from media.reading.voices import spoken

ESCAPED_ARROW = "--&gt;"
HOW = "Write times like 00:01:02.000 --> 00:01:05.500."


def read(text: str) -> Reading:
    """Read a whole file; a WebVTT file says so in its first line, any other is SubRip."""
    findings = Findings()
    is_escaped = ESCAPED_ARROW in text and ARROW not in text
    lines = list(clean_lines(unescaped(text) if is_escaped else text, findings))
    if is_escaped:
        findings.note(lines[0], "this file was escaped as for a web page; that was undone.")
    lines, is_webvtt = after_header(lines, findings)
    if not any(line.times or ARROW in line.text for line in lines):
        return without_times(lines, findings)
    cues: list[SpokenCue] = []
    held: set[int] = set()
    found = list(blocks(lines, findings))
    note_names(found, findings)
    for block in found:
        cues.extend(cues_of(block, findings, is_webvtt=is_webvtt))
        if block.held and block.timing:
            held.add(block.timing.number)
    cues = without_repeats(cues, held, lines, findings)
    if not any(block.above for block in found):
        cues = with_names(cues, lines, findings)
    note_order(cues, lines, findings)
    ordered = sorted(cues, key=lambda cue: (cue.start_ms, cue.line))
    problems = sorted(findings.problems, key=lambda problem: problem.line)
    return Reading(cues=tuple(ordered), problems=tuple(problems))


def without_times(lines: Sequence[Line], findings: Findings) -> Reading:
    filled = [line for line in lines if not line.is_empty]
    if filled:
        message = (
            "there are no times here, so these words cannot become captions. Put a time before"
            " each paragraph, like 00:01:02 Name: words, or take the captions (VTT or SRT) from"
            " the program that wrote the words down."
        )
        findings.lost(filled, message)
    else:
        findings.lost(lines[:1] or [Line(1, "")], "there are no words with times in this file.")
    return Reading(cues=(), problems=tuple(sorted(findings.problems, key=lambda one: one.line)))


def unescaped(text: str) -> str:
    """Once, and only the letters that mean something; the lines stay as they are."""
    for written, meant in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(written, meant)
    return text


def cues_of(block: Block, findings: Findings, *, is_webvtt: bool) -> Iterator[SpokenCue]:
    """The cues of a group of lines, one a voice; or a problem that says why there are none."""
    wordless = is_webvtt and WORDLESS.match(block.lines[0].text)
    if block.timing is None:
        say_why_no_cue(block.above, findings, wordless=bool(wordless))
        return
    if wordless and block.above:
        message = "times stand inside a note. Put an empty line between the two."
        findings.lost([block.timing, *block.words], message)
        return
    say_what_has_no_times(block.above[:-1], findings)
    times = read_times(block, findings)
    words = words_of(block, findings)
    if times is None:
        return
    said = list(spoken(words, findings))
    if not said:
        findings.note(block.timing, "a cue without words was left out.")
    for speaker, words_said in said:
        yield SpokenCue(
            start_ms=times[0],
            end_ms=times[1],
            speaker=speaker,
            text=words_said,
            line=block.timing.number,
        )


def note_names(found: Sequence[Block], findings: Findings) -> None:
    """A line above times is the cue's name; one unlike the others may have been meant as words."""
    names = [block.above[-1] for block in found if block.timing and block.above]
    timed = sum(block.timing is not None for block in found)
    kinds = Counter(line.name_kind for line in names)
    usual = {kind for kind, count in kinds.items() if 2 * count > timed and kind != WORDS}
    for line in names:
        if ARROW in line.text:
            findings.lost(line, f"these times cannot be read. {HOW}")
        elif line.name_kind not in usual:
            findings.note(line, "the words above the times are taken as the name of the cue.")


def say_why_no_cue(lines: list[Line], findings: Findings, *, wordless: bool) -> None:
    arrow = next((line for line in lines if ARROW in line.text), None)
    before = lines[: lines.index(arrow)] if arrow else []
    if wordless:
        if arrow:
            message = "an arrow stands inside a note. If it is a cue, put an empty line before it."
            findings.lost(lines[lines.index(arrow) :], message)
    elif arrow:
        say_what_has_no_times([line for line in before if not line.is_number], findings)
        findings.lost(lines[lines.index(arrow) :], f"these times cannot be read. {HOW}")
    elif len(lines) == 1 and lines[0].is_number:
        findings.note(lines, "a number without a cue was left out.")
    else:
        message = (
            "these words have no times. Take away the empty line above them if they belong to"
            f" those, or give them times. {HOW}"
        )
        findings.lost(lines, message)


def say_what_has_no_times(lines: list[Line], findings: Findings) -> None:
    if lines:
        message = "these words have no times. Put them below the times, or take them out."
        findings.lost(lines, message)


def read_times(block: Block, findings: Findings) -> tuple[int, int] | None:
    times, lines = block.times, block.lines_of_cue
    if times is None:
        findings.lost(lines, f"these times cannot be read. {HOW}")
        return None
    if times.start is None or times.end is None:
        message = "minutes and seconds go up to 59, and a talk up to 99 hours. Correct the times."
        findings.lost(lines, message)
        return None
    if times.end <= times.start:
        message = "the cue ends before it starts. Its second time must be the later one."
        findings.lost(lines, message)
        return None
    if not times.has_arrow:
        findings.note(lines[:1], f"“{times.arrow}” is read as the arrow {ARROW}.")
    if times.whole_seconds:
        findings.note(lines[:1], "the times have no thousandths; read as .000.")
    if times.cut:
        findings.note(lines[:1], "the times are finer than thousandths; the rest was cut off.")
    return times.start, times.end


def words_of(block: Block, findings: Findings) -> list[Line]:
    """The lines below the times, and what stands behind the times on the same line."""
    words = list(block.words)
    for line in words:
        if ARROW in line.text or line.times:
            message = "an arrow stands among the words; it is kept as words."
            findings.note(line, message)
    if block.timing and block.times and block.times.rest:
        findings.note(block.timing, "the words behind the times are taken as words of the cue.")
        words.insert(0, Line(block.timing.number, block.times.rest))
    return words


def without_repeats(
    cues: list[SpokenCue], held: set[int], lines: Sequence[Line], findings: Findings
) -> list[SpokenCue]:
    kept, repeated = unrolled(cues, held)
    if repeated:
        by_number = {line.number: line for line in lines}
        ends = [by_number[repeated[0].line], by_number[repeated[-1].line]]
        message = (
            f"this file shows each line again, as YouTube’s own captions do; {len(repeated)}"
            " repeats were taken out."
        )
        findings.note(ends, message)
    return kept


def with_names(cues: list[SpokenCue], lines: Sequence[Line], findings: Findings) -> list[SpokenCue]:
    taken = names_taken(cues)
    if taken:
        message = "the first line of every cue is taken as the names of speakers."
        first = next(line for line in lines if line.number == taken[0].line)
        findings.note(first, message)
    return taken or cues


def note_order(cues: Sequence[SpokenCue], lines: Sequence[Line], findings: Findings) -> None:
    by_number = {line.number: line for line in lines}
    for before, after in itertools.pairwise(cues):
        if after.start_ms < before.start_ms:
            message = (
                f"this cue starts before the one above, at {clock(before.start_ms)}; the two were"
                " put in order."
            )
            findings.note(by_number[after.line], message)
