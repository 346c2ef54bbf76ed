"""The words of a cue: who says them, and what they are without their markup. Pure."""

import html
import re
from collections.abc import Iterator, Sequence

from media.reading.lines import Findings, Line, shown

VOICE = re.compile(r"<v(?:\.[^\s<>]{0,100})?[ \t]++([^<>]{0,400})>", re.IGNORECASE)
UNCLOSED = re.compile(r"<(?:v|c|i|b|u)[.\s]", re.IGNORECASE)
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
MARKUP = re.compile(
    r"</?(?:c|i|b|u|ruby|rt|lang|v|font|span|p|div)(?:[.\s][^<>]{0,400})?>"
    r"|<(?:[0-9]+:)?[0-9]{1,2}:[0-9]{2}[.,][0-9]{3}>"
    r"|\{\\[^{}]{0,100}\}",
    re.IGNORECASE,
)
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
MAX_SPEAKER = 120


def spoken(words: Sequence[Line], findings: Findings) -> Iterator[tuple[str, str]]:
    """Pairs of speaker and words; a cue in two voices becomes two."""
    speaker = ""
    for at, part in enumerate(VOICE.split("\n".join(line.text for line in words))):
        if at % 2:
            speaker = name_of(plain(part), words, findings)
        elif said := plain(part):
            if UNCLOSED.search(said, said.rfind(">") + 1):
                message = "a tag is not closed, so it stands among the words. Write > at its end."
                findings.note(words, message)
            yield speaker, said


def name_of(text: str, words: Sequence[Line], findings: Findings) -> str:
    name = " ".join(text.split())
    if len(name) > MAX_SPEAKER:
        message = f"the speaker’s name is longer than {MAX_SPEAKER} letters. Shorten it."
        findings.lost(words, message)
        return name[:MAX_SPEAKER].rstrip()
    return name


def plain(text: str) -> str:
    """Words alone: markup away, entities read, each line trimmed, line breaks kept."""
    bare = ENTITY.sub(lambda found: html.unescape(found[0]), without_markup(text))
    lines = (shown(line.replace("\u00a0", " ")).strip() for line in bare.split("\n"))
    return "\n".join(line for line in lines if line)


def without_markup(text: str) -> str:
    return MARKUP.sub("", BREAK.sub("\n", text))
