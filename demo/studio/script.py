"""Talks and series as people write them, in TOML: read, checked and typed.

An error names the file and says in words what is wrong, because whoever writes a talk
should not have to read Python.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TOPICS = frozenset({"Assessment", "Coaching", "Future planning", "Joy", "Strategy"})
VOICES = frozenset({"heart", "joe"})
KINDS = frozenset({"docx", "pdf"})
SERIES_FILE = "series.toml"
TAKEAWAYS = 3
PROMPTS = (2, 3)


class ScriptError(ValueError):
    """A talk or a series that cannot be made as it is written."""


@dataclass(frozen=True)
class Speaker:
    """A role, never a person: the people of the demonstration are samples."""

    role: str
    voice: str
    sample: bool


@dataclass(frozen=True)
class Line:
    """One paragraph of speech."""

    speaker: str
    text: str


@dataclass(frozen=True)
class Chapter:
    """A part of a talk; `pull` is a line of it that a film may show large."""

    title: str
    lines: tuple[Line, ...]
    pull: str = ""


@dataclass(frozen=True)
class Resource:
    """One file to take away; `adapted_from` names the file that it grew out of."""

    title: str
    kind: str
    file: str
    about: str
    version: str
    place: str
    adapted_from: str = ""


@dataclass(frozen=True)
class Talk:
    slug: str
    title: str
    series: str
    number: int
    summary: str
    lead: str
    topics: tuple[str, ...]
    sample: bool
    sample_wording: bool
    published_days_ago: int
    recorded_days_ago: int
    video: bool
    key_line: str
    takeaways: tuple[str, ...]
    prompts: tuple[str, ...]
    speakers: Mapping[str, Speaker]
    chapters: tuple[Chapter, ...]
    resources: tuple[Resource, ...]

    @property
    def words(self) -> str:
        """Everything that is said, in order, parted by single spaces."""
        return " ".join(line.text for chapter in self.chapters for line in chapter.lines)


@dataclass(frozen=True)
class Series:
    slug: str
    code: int
    title: str
    line: str
    sleeve: str
    motif: str
    sample: bool
    overview: str
    for_whom: str


def load_series(folder: Path) -> dict[str, Series]:
    """The albums by slug."""
    raw = _read(folder / SERIES_FILE)
    series = [_build(Series, row, SERIES_FILE) for row in raw.get("series", [])]
    return {one.slug: one for one in series}


def load_talks(folder: Path) -> list[Talk]:
    """Every talk, in the order of the albums and their tracks."""
    series = load_series(folder)
    paths = sorted(path for path in folder.glob("*.toml") if path.name != SERIES_FILE)
    talks = [load_talk(path, frozenset(series)) for path in paths]
    return sorted(talks, key=lambda talk: (series[talk.series].code, talk.number))


def load_talk(path: Path, series: frozenset[str]) -> Talk:
    """One talk, checked."""
    raw = _read(path)
    where = path.name
    raw["slug"] = path.stem
    raw["topics"] = tuple(raw.get("topics", ()))
    raw["takeaways"] = tuple(raw.get("takeaways", ()))
    raw["prompts"] = tuple(raw.get("prompts", ()))
    raw["speakers"] = {
        key: _build(Speaker, row, where) for key, row in raw.get("speakers", {}).items()
    }
    raw["chapters"] = tuple(_chapter(row, where) for row in raw.get("chapters", ()))
    raw["resources"] = tuple(_build(Resource, row, where) for row in raw.get("resources", ()))
    talk: Talk = _build(Talk, raw, where)
    problems = faults(talk, series)
    if problems:
        raise ScriptError(f"{where}: {'; '.join(problems)}")
    return talk


def catalogue_code(series: Series, talk: Talk) -> str:
    """As on the sleeve: OS 1.02 is the second track of the first album."""
    return f"OS {series.code}.{talk.number:02d}"


def faults(talk: Talk, series: frozenset[str]) -> list[str]:
    """What is wrong with a talk, in words; nothing if it can be made."""
    checks = {
        f"no series is called {talk.series}": talk.series in series,
        "a talk needs one topic or more of the five": bool(talk.topics)
        and set(talk.topics) <= TOPICS,
        "a talk needs a chapter": bool(talk.chapters),
        "a talk has three takeaways": len(talk.takeaways) == TAKEAWAYS,
        "a talk has two or three prompts": len(talk.prompts) in PROMPTS,
        "a talk is recorded before it is published": talk.recorded_days_ago
        > talk.published_days_ago,
        "the key line must be spoken": talk.key_line in talk.words,
        "a pulled line must be spoken": all(one.pull in talk.words for one in talk.chapters),
        "a talk needs a resource": bool(talk.resources),
    }
    wrong = [problem for problem, fine in checks.items() if not fine]
    return wrong + _speaker_faults(talk) + _resource_faults(talk)


def _speaker_faults(talk: Talk) -> list[str]:
    spoken = {line.speaker for chapter in talk.chapters for line in chapter.lines}
    wrong = [f"nobody is called {key}" for key in sorted(spoken - set(talk.speakers))]
    wrong += [f"{key} says nothing" for key in sorted(set(talk.speakers) - spoken)]
    wrong += [
        f"{key} has no voice that we know"
        for key, speaker in talk.speakers.items()
        if speaker.voice not in VOICES
    ]
    return wrong


def _resource_faults(talk: Talk) -> list[str]:
    files = [resource.file for resource in talk.resources]
    wrong = [] if len(files) == len(set(files)) else ["two resources share a file"]
    for one in talk.resources:
        if one.kind not in KINDS or not one.file.endswith(f".{one.kind}"):
            wrong.append(f"{one.file} is not a PDF or DOCX by name")
        if one.adapted_from and one.adapted_from not in files:
            wrong.append(f"{one.file} is adapted from a file that is not here")
    return wrong


def _chapter(row: Mapping[str, Any], where: str) -> Chapter:
    title = row.get("title", "")
    lines = row.get("lines", [])
    if not title or not lines:
        raise ScriptError(f"{where}: a chapter needs a title and lines")
    if any(len(line) != len(("speaker", "text")) for line in lines):
        raise ScriptError(f"{where}: a line of “{title}” is not a speaker and a text")
    spoken = tuple(Line(speaker, text) for speaker, text in lines)
    return Chapter(title, spoken, row.get("pull", ""))


def _build(kind: type[Any], row: Mapping[str, Any], where: str) -> Any:
    """A dataclass from a table; an unknown or a missing field is said by name."""
    try:
        return kind(**row)
    except TypeError as error:
        reason = str(error).replace(f"{kind.__name__}.__init__() ", "")
        raise ScriptError(f"{where}: {kind.__name__.lower()} {reason}") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ScriptError(f"{path.name}: {error}") from error
