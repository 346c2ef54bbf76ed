"""Erasing a person: one transaction over every declared table, and a receipt without the name."""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from privacy.declared import Erasure
from privacy.finding import (
    Found,
    clean_address,
    find_named,
    find_person,
    names_of,
    unexpected,
)
from privacy.forgetting import forget
from privacy.hints import Hint, may_be_meant, must_be_mended
from privacy.marks import note_mark
from privacy.models import Run, RunKind
from privacy.redaction import pattern_for
from privacy.registry import BEFORE, Asked, Obstacle, obstacles

logger = logging.getLogger(__name__)
STANDS = "the address still stands in {}"
FIRST_STEPS = "Places, lists and the search"


class NotYet(Exception):
    """Something must be settled first; `obstacles` say what."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__(" ".join(each.words for each in obstacles))
        self.obstacles = obstacles


class NotErased(Exception):
    """It failed, and nothing was changed; `run` notes where."""

    def __init__(self, run: Run) -> None:
        ((what, kind),) = run.problems.items()
        super().__init__(
            f"Nothing was changed: it failed at “{what}” ({kind}). Try it again; if it fails"
            f" again, tell your technical colleague that it is run {run.pk}."
        )
        self.run = run


@dataclass(frozen=True, slots=True)
class Held:
    """What is held about an address. `named` are words where only the name stands; `hints` what
    only an editor can change and where the name stands; `elsewhere` where nobody expected it."""

    address: str
    names: list[str]
    found: list[Found]
    named: list[Found]
    obstacles: list[Obstacle]
    hints: list[Hint]
    elsewhere: dict[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        return counts_of(self.found)


def what_is_held(address: str, names: Iterable[str] = ()) -> Held:
    """Look only: nothing is changed. `names` are others that the person has used. Raises
    ValueError for what is no address."""
    address = clean_address(address)
    found = find_person(address)
    names = sorted({*names, *names_of(address, found)})
    return Held(
        address=address,
        names=names,
        found=found,
        named=find_named(names, found),
        obstacles=all_obstacles(address, found),
        hints=may_be_meant(names),
        elsewhere=unexpected(address),
    )


def erase_person(
    *, address: str, by: Any = None, names: Iterable[str] = (), also_named: bool = False
) -> Run:
    """Erase whom this address belongs to, or raise NotYet or NotErased and change nothing.

    `by` is a user of the admin, or None at the command line. `names` are further ones to take out
    of the person's words; with `also_named` full names go also where no address stands. Rows that
    count for the statistics stay, without a name. Raises ValueError for what is no address.
    """
    asked = Asked(clean_address(address), by)
    try:
        with transaction.atomic():
            run = erase(asked, set(names), also_named=also_named)
            transaction.on_commit(empty_the_log_of_the_database)
    except NotYet:
        raise
    except Exception as problem:
        raise NotErased(note_failure(asked, problem)) from None
    logger.info("A person was erased: run %s, %s rows.", run.pk, run.total)
    return run


def erase(asked: Asked, names: set[str], *, also_named: bool) -> Run:
    address = asked.address
    names |= names_of(address, find_person(address))
    for step in BEFORE:
        step(asked)
    found = find_person(address)
    if against := all_obstacles(address, found):
        raise NotYet(against)
    if also_named:
        found += find_named(names, found)
    forget_all(found, pattern_for(address, names))
    note_mark(address)
    left = {what: STANDS.format(rows(n)) for what, n in unexpected(address).items()}
    return Run.objects.create(
        kind=RunKind.ERASURE,
        by=asked.by,
        finished_at=timezone.now(),
        counts=counts_of(found),
        problems=left,
    )


def forget_all(found: list[Found], pattern: Any) -> None:
    for each in found:
        try:
            forget(each, pattern)
        except Exception as problem:
            problem.add_note(each.what)
            raise


def note_failure(asked: Asked, problem: Exception) -> Run:
    """Only the kind: what a database says of an error may hold a name or an address."""
    what = next(iter(getattr(problem, "__notes__", [])), FIRST_STEPS)
    kind = type(problem).__name__
    run = Run.objects.create(kind=RunKind.ERASURE, by=asked.by, problems={what: kind})
    logger.error("A person was not erased: run %s, %s: %s.", run.pk, what, kind)
    return run


def rows(number: int) -> str:
    return f"{number} row{'s' if number > 1 else ''}"


def counts_of(found: Iterable[Found]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for each in found:
        counts[each.what] += len(each.pks)
    return dict(counts)


def empty_the_log_of_the_database() -> None:
    """SQLite keeps what changed in a file beside its own, also the pages as they were before. Where
    a reader is in the way it stays until the next time."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


# What must be settled first ----------------------------------------------------------------------


def all_obstacles(address: str, found: list[Found]) -> list[Obstacle]:
    """Each once: a page says the same in its draft and in its fields."""
    every = [*obstacles(address), *in_fields(found), *in_words(address)]
    return list({each.words: each for each in every}.values())


def in_fields(found: list[Found]) -> Iterator[Obstacle]:
    for each in found:
        for declared in each.person.fields:
            if declared.erasure is Erasure.BY_HAND:
                for row in each.model._base_manager.filter(pk__in=each.pks[:10]):
                    words = f"The address is {declared.words} of “{row}”: change it there."
                    yield Obstacle(words, row=row)


def in_words(address: str) -> Iterator[Obstacle]:
    """What readers see, such as a page or what is said in a talk, an editor must mend."""
    for hint in must_be_mended(address):
        yield on_page(hint.row) if isinstance(hint.row, Page) else in_row(hint)


def on_page(page: Page) -> Obstacle:
    return Obstacle(
        f"The address stands on the page “{page.title}” or in its draft. Take it out there"
        " and publish.",
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
    )


def in_row(hint: Hint) -> Obstacle:
    what = hint.row._meta.verbose_name
    words = f"The address stands in the {what} “{hint.row}” ({hint.words}): take it out there."
    return Obstacle(words, row=hint.row)
