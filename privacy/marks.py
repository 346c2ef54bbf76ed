"""Whom one erased, without a name: so that nobody comes back with a backup that is restored.

A line for each erasure: when, and a hash of the address made with SECRET_KEY. Without the key
nobody can try out addresses. A file beside the database, which a restored backup leaves alone.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fcntl import LOCK_EX, flock
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import F
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from privacy.declared import NOBODY, Account, Address
from privacy.finding import clean_address, paths, tables

KEPT = timedelta(days=365)


def file_of_marks() -> Path:
    return Path(settings.DATA_DIR) / "erased.jsonl"


def mark_of(address: str) -> str:
    return salted_hmac("privacy.marks", address.lower(), algorithm="sha256").hexdigest()


def note_mark(address: str, now: datetime | None = None) -> None:
    """Marks older than a year go: no backup is kept for longer. One writer at a time."""
    now = now or timezone.now()
    with file_of_marks().open("a+", encoding="utf-8") as file:
        flock(file, LOCK_EX)
        file.seek(0)
        kept = [each for each in map(Mark.read, file) if each.at > now - KEPT]
        file.truncate(0)
        file.writelines(each.line for each in (*kept, Mark(now, mark_of(address))))


@dataclass(frozen=True, slots=True)
class Mark:
    at: datetime
    hashed: str

    @property
    def line(self) -> str:
        return json.dumps({"at": self.at.isoformat(), "mark": self.hashed}) + "\n"

    @classmethod
    def read(cls, line: str) -> "Mark":
        noted = json.loads(line)
        return cls(datetime.fromisoformat(noted["at"]), noted["mark"])


def marks() -> list[Mark]:
    file = file_of_marks()
    return [Mark.read(line) for line in file.read_text().splitlines()] if file.exists() else []


def came_back(since: datetime) -> list[str]:
    """Addresses in the database of people who were erased after that moment."""
    wanted = {mark.hashed for mark in marks() if mark.at >= since}
    return sorted(address for address in addresses() if mark_of(address) in wanted)


def addresses() -> set[str]:
    """Every address by which a row can be found."""
    found: set[str] = set()
    for table in tables():
        for person in table.people:
            if isinstance(person.found, Address | Account):
                for path in paths(person):
                    found |= set(addresses_in(table.label, path))
    return found


def addresses_in(label: str, path: str) -> Iterator[str]:
    rows = apps.get_model(label)._base_manager.order_by()
    values = rows.annotate(found=Lower(F(path))).values_list("found", flat=True).distinct()
    for value in values.iterator():
        if value and not value.endswith(NOBODY) and is_address(value):
            yield value


def is_address(value: str) -> bool:
    try:
        clean_address(value)
    except ValueError:
        return False
    return True
