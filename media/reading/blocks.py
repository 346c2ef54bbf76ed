"""Groups of lines of a caption file: a name, a line of times, and words. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from media.reading.lines import Findings, Line
from media.reading.times import ARROW, Times, meant_as_times, typed_as_times

WORDLESS = re.compile(r"(?:NOTE|STYLE|REGION)(?=[ \t]|$)|X-TIMESTAMP-MAP=|WEBVTT\b")
HEADER = re.compile(r"\s*WEBVTT", re.IGNORECASE)
HEADER_FIELD = re.compile(r"[\w-]+\s*[:=]")


@dataclass
class Block:
    """`held` says that an empty line was shown below the words, as rolling captions do."""

    above: list[Line] = field(default_factory=list)
    timing: Line | None = None
    words: list[Line] = field(default_factory=list)
    held: bool = False

    @property
    def times(self) -> Times | None:
        return self.timing.times if self.timing else None

    @property
    def lines_of_cue(self) -> list[Line]:
        return [self.timing, *self.words] if self.timing else []

    @property
    def lines(self) -> list[Line]:
        return [*self.above, *self.lines_of_cue]

    @property
    def waits_for_words(self) -> bool:
        """Whether there are times and nothing else."""
        return self.times is not None and not self.words and not self.times.rest


def after_header(lines: list[Line], findings: Findings) -> tuple[list[Line], bool]:
    """Everything behind the header of WebVTT, which ends at an empty line or at a first cue."""
    first = next((at for at, line in enumerate(lines) if not line.is_empty), 0)
    if not lines or not HEADER.match(lines[first].text):
        return lines, False
    for at, line in enumerate(lines[first + 1 :], start=first + 1):
        if line.is_empty or line.times or meant_as_times(line.text):
            return lines[at:], True
        if ARROW in line.text or not HEADER_FIELD.match(line.text):
            findings.note(line, "this line belongs to the head of the file and is not shown.")
    return [], True


def blocks(lines: Sequence[Line], findings: Findings) -> Iterator[Block]:
    """Groups of lines; words that an empty line parted from their times are put back to them."""
    waiting: Block | None = None
    for block in groups(without_doubled_lines(lines, findings)):
        if waiting and belongs_to(waiting, block):
            waiting.words = block.above
            findings.note(block.above[0], "an empty line stood between the times and these words.")
            continue
        if waiting:
            yield waiting
        waiting = block
    if waiting:
        yield waiting


def belongs_to(before: Block, block: Block) -> bool:
    return (
        before.waits_for_words
        and block.timing is None
        and not WORDLESS.match(block.above[0].text)
        and not any(ARROW in line.text for line in block.above)
        and not (len(block.above) == 1 and block.above[0].is_number)
    )


def without_doubled_lines(lines: Sequence[Line], findings: Findings) -> Sequence[Line]:
    """Some programs put an empty line after every line; what is left are the real ones."""
    first = next((at for at, line in enumerate(lines) if not line.is_empty), 0)
    between = lines[first + 1 :: 2]
    real = lines[first::2]
    timed = sum(line.times is not None for line in real)
    if timed < 2 or any(line.text for line in between) or len(between) < 2 * timed:
        return lines
    findings.note(lines[first + 1], "every second line is empty; these were passed over.")
    return real


def groups(lines: Sequence[Line]) -> Iterator[Block]:
    """Lines parted by empty lines, and before the times of a next cue."""
    has_arrows = any(line.times and line.times.has_arrow for line in lines)
    block = Block()
    for line in lines:
        if line.is_empty:
            if line.text and block.timing and not block.words:
                continue  # the empty upper line of rolling captions
            block.held = bool(line.text and block.words)
            if block.lines:
                yield block
            block = Block()
        elif not opens_cue(line, block, has_arrows=has_arrows):
            (block.words if block.timing else block.above).append(line)
        elif block.timing is None:
            block.timing = line
        else:
            name = [block.words.pop()] if ends_with_number(block, line) else []
            yield block
            block = Block(above=name, timing=line)
    if block.lines:
        yield block


def opens_cue(line: Line, block: Block, *, has_arrows: bool) -> bool:
    """Whether a line is one of times. Among the words of a cue only a whole arrow makes it so."""
    if ARROW in line.text:
        return line.times is not None or meant_as_times(line.text)
    if line.times is None and not typed_as_times(line.text):
        return False
    return not has_arrows or (block.timing is None and len(block.above) <= 1)


def ends_with_number(block: Block, following: Line) -> bool:
    """Whether the last line of a numbered cue is the number of the one that follows at once."""
    numbered = bool(block.above) and block.above[-1].is_number
    last = block.words[-1] if block.words else None
    return numbered and last is not None and last.is_number
