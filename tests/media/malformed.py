"""Caption files as they come: whole talks, broken in every way that we have met or feared.

A family breaks a talk in one way; a seed says where. Every word of a talk is there once, so that
a test can follow each of them.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

WORD = re.compile(r"w[0-9]{3}[a-zé]*")
SEEDS = range(6)


@dataclass(frozen=True)
class Cue:
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Sample:
    """A file; `whole` says that it can be used at once, nothing lost."""

    family: str
    seed: int
    data: bytes
    whole: bool

    def __str__(self) -> str:
        return f"{self.family} {self.seed}"


Broken = str | bytes
Break = Callable[[random.Random], Broken]
FAMILIES: dict[str, tuple[Break, bool]] = {}


def family(*, whole: bool) -> Callable[[Break], Break]:
    def register(make: Break) -> Break:
        FAMILIES[make.__name__.replace("_", " ")] = (make, whole)
        return make

    return register


def samples() -> Iterator[Sample]:
    for name, (make, whole) in FAMILIES.items():
        for seed in SEEDS:
            made = make(random.Random(f"{name} {seed}"))
            data = made.encode() if isinstance(made, str) else made
            yield Sample(name, seed, data, whole)


def talk(rng: random.Random, length: int = 0) -> list[Cue]:
    """Cues in order, without a gap, in words that are there once."""
    at, number, cues = rng.randrange(0, 5000), 0, []
    for _ in range(length or rng.randrange(4, 9)):
        lines = []
        for _ in range(rng.randrange(1, 3)):
            count = rng.randrange(1, 5)
            lines.append(" ".join(f"w{number + n:03}" for n in range(count)))
            number += count
        end = at + rng.randrange(800, 6000)
        cues.append(Cue(at, end, "\n".join(lines)))
        at = end
    return cues


def stamp(moment: int, point: str = ".") -> str:
    seconds, thousandths = divmod(moment, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{thousandths:03}"


def times(cue: Cue, arrow: str = " --> ", point: str = ".") -> str:
    return f"{stamp(cue.start, point)}{arrow}{stamp(cue.end, point)}"


def vtt(blocks: Sequence[str]) -> str:
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def plain(cues: Sequence[Cue], arrow: str = " --> ") -> list[str]:
    return [f"{times(cue, arrow)}\n{cue.words}" for cue in cues]


def srt(cues: Sequence[Cue], arrow: str = " --> ") -> str:
    blocks = [f"{n}\n{times(c, arrow, ',')}\n{c.words}" for n, c in enumerate(cues, 1)]
    return "\n\n".join(blocks) + "\n"


def changed(rng: random.Random, blocks: list[str], how: Callable[[str], str]) -> list[str]:
    at = rng.randrange(len(blocks))
    return [how(block) if n == at else block for n, block in enumerate(blocks)]


# Encodings and line ends


def encoded(encoding: str) -> Break:
    def make(rng: random.Random) -> bytes:
        return srt(talk(rng)).replace("w000", "w000é", 1).encode(encoding)

    return make


for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"):
    FAMILIES[f"in {encoding}"] = (encoded(encoding), True)


def ended(newline: str) -> Break:
    return lambda rng: srt(talk(rng)).replace("\n", newline)


for name, newline in (("CR", "\r"), ("CR LF", "\r\n"), ("CR CR LF", "\r\r\n"), ("twice", "\n\n")):
    FAMILIES[f"lines end in {name}"] = (ended(newline), True)


@family(whole=True)
def a_byte_of_a_letter_is_gone(rng: random.Random) -> bytes:
    return srt(talk(rng)).replace("w001", "w001 éé é à’", 1).encode().replace(b"\xa9 ", b" ", 1)


@family(whole=True)
def characters_that_cannot_be_shown(rng: random.Random) -> str:
    text = list(srt(talk(rng)))
    for _ in range(4):
        text.insert(rng.randrange(len(text)), rng.choice("\0\x07\x1b\x7f\x80\ufeff"))
    return "".join(text)


@family(whole=True)
def letters_of_line_ends_within_lines(rng: random.Random) -> str:
    return srt(talk(rng)).replace("w001", f"w001 {rng.choice(chr(0x2028) + chr(0x0B))}x", 1)


# Times


def with_arrow(arrow: str) -> Break:
    return lambda rng: srt(talk(rng), arrow)


for arrow in (
    "->",
    " –> ",
    "—>",
    " => ",
    " → ",
    " ---> ",
    " - -> ",
    "-->",
    "\t-->\t",
    " à ",
    " - ",
):
    FAMILIES[f"arrow {arrow.strip()} typed in {arrow!r}"] = (with_arrow(arrow), True)


@family(whole=True)
def one_typed_arrow_among_others(rng: random.Random) -> str:
    arrow = rng.choice(["->", "–>", "=>", "→"])
    return vtt(changed(rng, plain(talk(rng)), lambda block: block.replace("-->", arrow)))


def rewritten(pattern: str, new: str) -> Break:
    return lambda rng: re.sub(pattern, new, srt(talk(rng)))


for name, pattern, new in (
    ("no thousandths", r",\d{3}", ""),
    ("no thousandths at the end", r",\d{3}\n", "\n"),
    ("one digit of fraction", r",(\d)\d\d", r",\1"),
    ("six digits of fraction", r",(\d{3})", r".\g<1>000"),
    ("no hours", r"00:(\d\d:\d\d,)", r"\1"),
    ("single digits", r"\b0(\d):", r"\1:"),
    ("spaces in times", r"(\d\d):(\d\d):(\d\d),", r"\1: \2: \3, "),
    ("settings behind times", r"(\d{3})\n", r"\1 align:start position:0%\n"),
    ("places behind times", r"(\d{3})\n", r"\1 X1:40 X2:600 Y1:20 Y2:50\n"),
    ("spaces around times", r"(.*-->.*)", r"  \1\t"),
    ("commas between times", r" --> ", ","),
):
    FAMILIES[name] = (rewritten(pattern, new), True)


def spoiled(how: Callable[[str], str]) -> Break:
    """One line of times that cannot be read."""

    def make(rng: random.Random) -> str:
        blocks = plain(talk(rng))
        return vtt(
            changed(rng, blocks, lambda block: re.sub(".*-->.*", lambda m: how(m[0]), block))
        )

    return make


for name, how in (
    ("sixty seconds", lambda line: re.sub(r":\d\d\.", ":60.", line, count=1)),
    ("sixty minutes", lambda line: re.sub(r":\d\d:", ":60:", line, count=1)),
    ("a hundred hours", lambda line: line.replace("00:", "100:", 1)),
    ("end before start", lambda line: " --> ".join(reversed(line.split(" --> ")))),
    ("end at start", lambda line: f"{line[:12]} --> {line[:12]}"),
    ("no end", lambda line: line[:16]),
    ("no start", lambda line: line[13:]),
    ("a letter in times", lambda line: line.replace("00:0", "00:o", 1)),
    ("semicolons", lambda line: line.replace(":", ";")),
    ("frames", lambda line: line.replace(".", ":")),
    ("minus", lambda line: f"-{line}"),
    ("digits of another script", lambda line: line.replace("0", "\u0660")),
):
    FAMILIES[name] = (spoiled(how), False)


# Lines in the wrong place


@family(whole=True)
def no_empty_lines(rng: random.Random) -> str:
    return srt(talk(rng)).replace("\n\n", "\n")


@family(whole=True)
def no_empty_lines_and_no_numbers(rng: random.Random) -> str:
    return "WEBVTT\n" + "\n".join(plain(talk(rng)))


@family(whole=True)
def an_empty_line_below_the_times(rng: random.Random) -> str:
    blocks = [block.replace("\n", " ") for block in plain(talk(rng))]
    blocks = [re.sub(r"(:\d\d\.\d{3}) w", r"\1\nw", block) for block in blocks]
    return vtt(changed(rng, blocks, lambda block: block.replace("\n", "\n\n", 1)))


@family(whole=True)
def lines_of_spaces_between(rng: random.Random) -> str:
    return srt(talk(rng)).replace("\n\n", "\n \t\n")


@family(whole=True)
def many_empty_lines(rng: random.Random) -> str:
    return "\n\n" + srt(talk(rng)).replace("\n\n", "\n" * rng.randrange(3, 6))


@family(whole=True)
def numbers_in_no_order(rng: random.Random) -> str:
    return re.sub(r"(?m)^\d+$", lambda _: str(rng.randrange(100)), srt(talk(rng)))


@family(whole=True)
def cues_in_no_order(rng: random.Random) -> str:
    blocks = plain(talk(rng))
    rng.shuffle(blocks)
    return vtt(blocks)


@family(whole=True)
def words_behind_the_times(rng: random.Random) -> str:
    return vtt([block.replace("\n", " ") for block in plain(talk(rng))])


@family(whole=True)
def cues_without_words(rng: random.Random) -> str:
    return vtt(changed(rng, plain(talk(rng)), lambda block: f"{block[:29]}\n\n{block}"))


@family(whole=True)
def no_header(rng: random.Random) -> str:
    return "\n\n".join(plain(talk(rng)))


@family(whole=True)
def a_header_in_small_letters(rng: random.Random) -> str:
    return vtt(plain(talk(rng))).replace("WEBVTT", "webvtt")


@family(whole=True)
def two_files_in_one(rng: random.Random) -> str:
    cues = talk(rng, 6)
    return vtt(plain(cues[:3])) + "\n" + vtt(plain(cues[3:]))


@family(whole=True)
def notes_and_styles(rng: random.Random) -> str:
    return vtt(["STYLE\n::cue {}", "NOTE a remark", *plain(talk(rng)), "NOTE\nthe end"])


@family(whole=False)
def words_without_times(rng: random.Random) -> str:
    return vtt(changed(rng, plain(talk(rng)), lambda block: f"{block}\n\nw900 w901"))


@family(whole=False)
def a_cue_inside_a_note(rng: random.Random) -> str:
    return vtt(changed(rng, plain(talk(rng)), lambda block: f"NOTE remark\n{block}"))


@family(whole=False)
def words_above_the_name(rng: random.Random) -> str:
    return vtt(changed(rng, plain(talk(rng)), lambda block: f"w900\nw901\n7\n{block}"))


@family(whole=False)
def a_note_in_subrip(rng: random.Random) -> str:
    return srt(talk(rng)) + "\nNOTE w900 w901\n"


# Words


def within(before: str, after: str) -> Break:
    return lambda rng: vtt(
        changed(rng, plain(talk(rng)), lambda block: block.replace("w", before + "w", 1) + after)
    )


for name, before, after in (
    ("an arrow in words", "", " --> x"),
    ("an arrow alone in words", "", "\n-->"),
    ("typed times in words", "", "\n00:00:01.000 -> 00:00:02.000 said somebody"),
    ("entities", "&amp; &lt;i&gt; ", " &eacute;&nbsp;&#8217;&#x2019;&lrm;"),
    ("entities that are none", "R&D &notes &copy2020; ", " AT&T &#; &#99999999;"),
    ("less than", "3 < 4 and 5 > 4 ", " <"),
    ("two voices", "<v Ann Lee>", "</v> <v.loud Bob>w950"),
    ("three voices", "<v Ann>w951</v>\n<v Bob>w952</v>\n<v Ann>", "</v>"),
    ("a voice that is not closed", "<v Ann ", ""),
    ("tags of other programs", '{\\an8}<font color="#fff">', "</font><br/>w953{\\i0}"),
    ("times of words", "<00:00:01.000><c>", "</c>"),
    ("signs of every kind", "£5 – “yes” 🎉 \u00a0", " \u0627\u0631\u062f\u0648"),
):
    FAMILIES[name] = (within(before, after), True)
FAMILIES["a name too long"] = (within(f"<v {'x' * 130}>", ""), False)


@family(whole=True)
def escaped_for_a_web_page(rng: random.Random) -> str:
    return (
        vtt(plain(talk(rng)))
        .replace("w000", "<v Ann>w000")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
    )


@family(whole=False)
def bytes_at_random(rng: random.Random) -> bytes:
    return rng.randbytes(rng.randrange(10, 400))


@family(whole=False)
def lines_at_random(rng: random.Random) -> str:
    lines = srt(talk(rng)).split("\n")
    rng.shuffle(lines)
    return "\n".join(["w900", *lines])


@family(whole=True)
def cut_short_after_a_cue(rng: random.Random) -> str:
    return srt(talk(rng)).rstrip("\n") + "\n\n7\n"
