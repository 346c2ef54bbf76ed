"""The papers that a talk hands out: what they say, as people write it in `demo/papers/`.

A paper is an introduction and a run of blocks. What it is called, whose version it is and what it
grew out of stand with the talk, so that a page and a paper cannot disagree.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demo.studio.script import Resource, ScriptError, Series, Talk, catalogue_code

KINDS = frozenset({"cards", "checks", "quote", "steps", "table", "text", "write"})


@dataclass(frozen=True)
class Block:
    """One part of a page; which fields count depends on the kind."""

    kind: str
    heading: str = ""
    text: str = ""
    who: str = ""
    hint: str = ""
    lines: int = 0
    tall: int = 0
    columns: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    items: tuple[Any, ...] = ()
    cards: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Paper:
    """A page ready to be set."""

    resource: Resource
    talk: Talk
    series: Series
    intro: str
    blocks: tuple[Block, ...]

    @property
    def origin(self) -> str:
        """Whose version this is, as a page says it."""
        return f"{self.resource.version}. {self.resource.place}."

    @property
    def source(self) -> str:
        return f"From “{self.talk.title}”, {catalogue_code(self.series, self.talk)}"

    @property
    def licence(self) -> str:
        return "Sample. Dixons OpenSource, CC BY 4.0. Adapt it, please."


def load(folder: Path, resource: Resource, talk: Talk, series: Series) -> Paper:
    """The paper behind a resource; its file has the same name and ends in .toml."""
    path = folder / Path(resource.file).with_suffix(".toml").name
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    blocks = tuple(_block(row, path.name) for row in raw["blocks"])
    return Paper(resource, talk, series, raw["intro"], blocks)


def _block(row: dict[str, Any], where: str) -> Block:
    fixed = {key: _frozen(value) for key, value in row.items()}
    try:
        block = Block(**fixed)
    except TypeError as error:
        raise ScriptError(f"{where}: {error}") from error
    if block.kind not in KINDS:
        raise ScriptError(f"{where}: no block is called {block.kind}")
    if any(len(line) != len(block.columns) for line in block.rows):
        raise ScriptError(f"{where}: a row of “{block.heading}” has not one cell a column")
    return block


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
