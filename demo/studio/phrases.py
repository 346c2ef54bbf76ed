"""Paragraphs cut into sentences, and sentences into phrases that fit a caption.

A caption has two lines of 37 characters, the width that fits a phone and that broadcasters use.
"""

import re

LINE = 37
LINES = 2

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_CLAUSE = re.compile(r"(?<=[,;:])\s+")
_JOINT = re.compile(r"\s+(?=(?:and|but|because|so|that|which|who|where|when|before|to|from|or) )")
_SPACE = re.compile(r"\s+")


def sentences(paragraph: str) -> list[str]:
    """What is said in one breath; the scripts hold no abbreviation that ends in a point."""
    return [part for part in _SENTENCE.split(paragraph.strip()) if part]


def wrap(text: str) -> list[str] | None:
    """The one or two lines of a caption, or None if the text does not fit.

    Two lines are made as even as they can be, the upper one the shorter: the eye jumps less.
    """
    if len(text) <= LINE:
        return [text]
    breaks = [match.start() for match in _SPACE.finditer(text)]
    fitting = [at for at in breaks if at <= LINE and len(text) - at - 1 <= LINE]
    if not fitting:
        return None
    best = min(fitting, key=lambda at: _raggedness(text, at))
    return [text[:best], text[best + 1 :]]


def phrases(sentence: str) -> list[str]:
    """Parts of a sentence that each fit a caption, cut where a speaker would draw breath."""
    if wrap(sentence):
        return [sentence]
    for joint in (_CLAUSE, _JOINT, _SPACE):
        cuts = [match.span() for match in joint.finditer(sentence)]
        if cuts:
            start, end = min(cuts, key=lambda cut: abs(cut[0] - len(sentence) / 2))
            return phrases(sentence[:start]) + phrases(sentence[end:])
    return [sentence]


def _raggedness(text: str, at: int) -> float:
    upper, lower = at, len(text) - at - 1
    heavy_top = 4 if upper > lower else 0
    at_pause = -8 if text[at - 1] in ".,;:?!" else 0
    return abs(upper - lower) + heavy_top + at_pause
