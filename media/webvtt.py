"""Read WebVTT and SubRip; nothing is dropped without naming its line. Pure.

Every line of the file ends in one of three places: in a cue, in a part that holds no words (header,
NOTE, STYLE, REGION, a cue's name), or in a problem. Times may leave out the hours, use a comma, or
have one to three digits of fraction; what had to be mended is a problem that is not `lost`.
"""

import html
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from media.cues import Problem, Reading, SpokenCue
from media.textfiles import REPLACEMENT, decode

ARROW = "-->"
TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
TIMING = re.compile(rf"\s*{TIME}\s*-->\s*{TIME}(?:\s+(?P<settings>\S.*))?\s*", re.ASCII)
VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]*)>", re.IGNORECASE)
MARKUP = re.compile(
    r"</?(?:c|i|b|u|ruby|rt|lang|v|font)(?:[.\s][^>]*)?>|<(?:\d+:)?\d{1,2}:\d{2}[.,]\d{3}>|\{\\an\d\}",
    re.IGNORECASE,
)
WORDLESS = re.compile(r"(NOTE|STYLE|REGION|X-TIMESTAMP-MAP)(?=[\s=:]|$)")
LIKE_TIMES = re.compile(r"\s*\d[\d:.,]*\s*-->\s*\S*\d", re.ASCII)
CONTROL = {*range(0x20), 0x7F, *range(0x80, 0xA0), *range(0xD800, 0xE000)}
MAX_MS = 100 * 3_600_000
MAX_SPEAKER = 120


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: str

    @property
    def timing(self) -> "re.Match[str] | None":
        return TIMING.fullmatch(self.text) if ARROW in self.text else None

    @property
    def meant_as_times(self) -> bool:
        return ARROW in self.text and LIKE_TIMES.match(self.text) is not None


def read(data: bytes | str) -> Reading:
    """Read a whole file; a WebVTT file says so in its first line, any other is taken as SubRip."""
    text = decode(data) if isinstance(data, bytes) else data.removeprefix("\ufeff")
    problems: list[Problem] = []
    lines = list(clean_lines(text, problems))
    if lines and lines[0].text.startswith("WEBVTT"):
        lines = after_header(lines)
    cues: list[SpokenCue] = []
    for block in blocks(lines):
        cues.extend(cues_of(block, problems))
    note_order(cues, problems)
    if not cues and not problems:
        problems.append(Problem(line=1, message="there are no words with times in this file."))
    problems.sort(key=lambda problem: problem.line)
    ordered = sorted(cues, key=lambda cue: (cue.start_ms, cue.line))
    return Reading(cues=tuple(ordered), problems=tuple(problems))


def clean_lines(text: str, problems: list[Problem]) -> Iterator[Line]:
    """Lines with their numbers, without what no page can show; says where something was."""
    for number, raw in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if REPLACEMENT in raw:
            message = "a letter could not be read; check this line."
            problems.append(Problem(line=number, message=message, lost=False))
        kept = "".join(letter for letter in raw if letter == "\t" or ord(letter) not in CONTROL)
        if kept != raw:
            message = "a character that cannot be shown was taken out."
            problems.append(Problem(line=number, message=message, lost=False))
        yield Line(number, kept)


def after_header(lines: list[Line]) -> list[Line]:
    """Everything behind the header, which ends at the first empty line or at a first cue."""
    for at, line in enumerate(lines[1:], start=1):
        if not line.text.strip() or line.timing:
            return lines[at:]
    return []


def blocks(lines: list[Line]) -> Iterator[list[Line]]:
    """Groups of lines: parted by empty lines, and before the times of a next cue."""
    block: list[Line] = []
    for line in lines:
        if not line.text.strip():
            if block:
                yield block
            block = []
        elif line.meant_as_times and any(other.meant_as_times for other in block):
            name = [block.pop()] if is_name(block, line) else []
            yield block
            block = [*name, line]
        else:
            block.append(line)
    if block:
        yield block


def is_name(block: list[Line], following: Line) -> bool:
    """Whether the last line of a block is the number of the cue that follows without a gap."""
    last = block[-1]
    return last.text.strip().isdigit() and last.number + 1 == following.number


def cues_of(block: list[Line], problems: list[Problem]) -> Iterator[SpokenCue]:
    """The cues of a group of lines, one a voice; or a problem that says why there are none."""
    timed = next(((at, line.timing) for at, line in enumerate(block) if line.timing), None)
    if timed is None:
        problems.extend(problem_without_times(block))
        return
    first, match = timed
    if WORDLESS.match(block[0].text) and first:
        message = "times stand inside a note; part the two by an empty line."
        arrows = (line for line in block if ARROW in line.text)
        problems.extend(Problem(line=line.number, message=message) for line in arrows)
        return
    problems.extend(problems_before_times(block[:first]))
    times = read_times(block[first], match, problems)
    words = block[first + 1 :]
    problems.extend(arrow_notes(words))
    if times is None:
        return
    spoken = list(voices(words, problems))
    if not spoken:
        message = "a cue without words was left out."
        problems.append(Problem(line=block[first].number, message=message, lost=False))
    for speaker, text in spoken:
        yield SpokenCue(
            start_ms=times[0],
            end_ms=times[1],
            speaker=speaker,
            text=text,
            line=block[first].number,
        )


def problems_before_times(above: list[Line]) -> Iterator[Problem]:
    """The line above the times is the cue's name; whatever stands higher has no times."""
    for line in above[:-1]:
        yield Problem(line=line.number, message="these words have no times.")
    for line in above[-1:]:
        if ARROW in line.text:
            yield Problem(line=line.number, message="these times cannot be read.")
        elif " " in line.text.strip():
            message = "the words above the times are taken as the name of the cue."
            yield Problem(line=line.number, message=message, lost=False)


def problem_without_times(block: list[Line]) -> Iterator[Problem]:
    arrow = next((line for line in block if ARROW in line.text), None)
    if WORDLESS.match(block[0].text):
        if arrow:
            message = "an arrow stands inside a note; if it is a cue, part it by an empty line."
            yield Problem(line=arrow.number, message=message)
    elif arrow:
        shown = arrow.text.strip()[:60]
        message = f"the times “{shown}” cannot be read; write 00:01:02.000 --> 00:01:05.500."
        yield Problem(line=arrow.number, message=message)
    elif not (len(block) == 1 and block[0].text.strip().isdigit()):
        yield Problem(line=block[0].number, message="these words have no times.")
    else:
        message = "a number without a cue was left out."
        yield Problem(line=block[0].number, message=message, lost=False)


def read_times(
    line: Line, match: "re.Match[str]", problems: list[Problem]
) -> tuple[int, int] | None:
    parts = match.groups()
    start, end = milliseconds(parts[0:4]), milliseconds(parts[4:8])
    if start is None or end is None:
        message = "minutes and seconds go up to 59, and a talk up to 99 hours."
        problems.append(Problem(line=line.number, message=message))
        return None
    if end <= start:
        message = "the cue ends before it starts."
        problems.append(Problem(line=line.number, message=message))
        return None
    if parts[3] is None or parts[7] is None:
        message = "the times have no thousandths; read as .000."
        problems.append(Problem(line=line.number, message=message, lost=False))
    return start, end


def milliseconds(parts: tuple[str | None, ...]) -> int | None:
    hours, minutes, seconds = (int(part or 0) for part in parts[:3])
    total = (hours * 60 + minutes) * 60_000 + seconds * 1000 + int((parts[3] or "").ljust(3, "0"))
    return total if minutes < 60 and seconds < 60 and total < MAX_MS else None


def arrow_notes(words: list[Line]) -> Iterator[Problem]:
    for line in words:
        if ARROW in line.text:
            message = "an arrow stands among the words; it is kept as words."
            yield Problem(line=line.number, message=message, lost=False)


def voices(words: list[Line], problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Pairs of speaker and words; a cue in two voices becomes two."""
    text = "\n".join(line.text for line in words)
    speaker = ""
    parts = VOICE.split(text)
    for at, part in enumerate(parts):
        if at % 2:
            speaker = plain(part)
            if len(speaker) > MAX_SPEAKER:
                message = f"the speaker’s name is longer than {MAX_SPEAKER} letters."
                problems.append(Problem(line=words[0].number, message=message))
                speaker = speaker[:MAX_SPEAKER].rstrip()
        elif plain(part):
            yield speaker, plain(part)


def plain(text: str) -> str:
    """Words alone: markup away, entities read, each line trimmed, line breaks kept."""
    bare = html.unescape(MARKUP.sub("", text)).replace("\u00a0", " ")
    shown = "".join(letter for letter in bare if letter == "\n" or ord(letter) not in CONTROL)
    kept = (line.strip() for line in shown.split("\n"))
    return "\n".join(line for line in kept if line)


def note_order(cues: list[SpokenCue], problems: list[Problem]) -> None:
    for before, after in itertools.pairwise(cues):
        if after.start_ms < before.start_ms:
            message = "this cue starts before the one above; the two were put in order."
            problems.append(Problem(line=after.line, message=message, lost=False))


def same_words(one: SpokenCue, other: SpokenCue) -> bool:
    """Whether two cues say the same at the same time, wherever they stand in their files."""
    return replace(one, line=0, doubts=()) == replace(other, line=0, doubts=())
