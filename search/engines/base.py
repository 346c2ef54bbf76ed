"""The one interface to every engine. Engines are handed words; they know no syntax of readers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from search.models import IndexedRow
from search.query import Query
from search.words import spans

FACETS = ("kind", "topic", "phase")
WEIGHTS = {"title": 8.0, "names": 3.0, "body": 1.0, "lead": 0.3}
OWN = ("title", "names", "body")  # a row is found by these; `lead` is the passage before
MOST_BYTES = 400_000  # of one field: about 200 printed pages; PostgreSQL's limit is near
BATCH = 500

Sort = Literal["best", "newest"]


class EngineError(Exception):
    """An engine did not answer, or not in time."""


class Texts(NamedTuple):
    """The words of a row by field, parted by spaces."""

    title: str
    names: str
    body: str
    lead: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """Rows with at least `need` of the terms, those with all of them first. Within a facet the
    chosen values are alternatives; each facet with a choice must be met.

    The moments of a talk are one place, and its best moment stands for it. `talk` asks for the
    moments of that page alone, each a place of its own."""

    query: Query
    need: int
    talk: int | None = None
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "best"
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of this page by primary key, best first, each with the number of `more` rows that it
    stands for. `count` and `full` are places: all of them, and those that say all terms. `facets`
    counts the places of each value as if its own facet had no choice: what choosing it would add.
    `whole`: a place says all terms, though the choice may not let it pass."""

    ids: list[int]
    more: dict[int, int]
    count: int
    full: int
    whole: bool
    facets: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Health:
    engine: str
    ok: bool
    rows: int
    detail: str = ""


class Asked(Protocol):
    """What readers need of an engine."""

    name: str

    def search(self, question: Question) -> Found:
        """Raises EngineError."""

    def suggest(self, words: Sequence[str], limit: int) -> list[int]:
        """Pages in whose title each word begins a word; the shortest title first."""

    def health(self) -> Health:
        """Never raises."""


class Engine(Asked, Protocol):
    """What the worker needs, too."""

    def index(self, rows: Sequence[IndexedRow]) -> None:
        """Make these rows findable as they are now."""

    def delete(self, ids: Sequence[int]) -> None:
        """Forget these rows; ids it does not know are no error."""

    def rebuild(self, batches: Iterable[Sequence[IndexedRow]]) -> int:
        """Build a new index beside the old one, then put it in its place. Any failure leaves the
        old one as it was. Returns the number of rows."""


def texts(row: IndexedRow) -> Texts:
    """What an engine is to index. A moment is found by what is said in it, not by its title:
    otherwise a talk's every minute would stand where the talk should."""
    own, lead = row.body, ""
    if row.lead:
        own, lead = row.body[row.lead :], row.body[: row.lead]
    if row.is_moment:
        return Texts("", joined(row.speaker), joined(own), joined(lead))
    labels = (label for labels in row.facets.values() for label in labels)
    names = (row.speaker, row.code, *labels, *row.meta)
    return Texts(joined(row.title), joined("\n".join(names)), joined(own), joined(lead))


def joined(text: str) -> str:
    kept = text if len(text) <= MOST_BYTES else text[:MOST_BYTES]
    folded = " ".join(word.form for word in spans(kept))
    if folded.isascii():
        return folded
    return folded.encode()[:MOST_BYTES].decode("utf-8", "ignore")
