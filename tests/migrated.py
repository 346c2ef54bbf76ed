"""A migrated, empty database kept from one run of the tests to the next.

Applying some three hundred migrations takes most of the time of a small run. The tables are kept in
`var/`, by a name made of every migration of ours and of the lock; Django still looks whether all of
them are applied, so that a copy which is out of date only costs time.
"""

import hashlib
import os
import sqlite3
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var/test-databases"
STATE = (
    *sorted(ROOT.glob("*/migrations/*.py")),
    *sorted(ROOT.glob("media/provider/migrations/*.py")),
    ROOT / "requirements.txt",
)


def path_of_copy() -> Path:
    digest = hashlib.sha256()
    for file in STATE:
        digest.update(file.read_bytes())
    return KEPT / f"{digest.hexdigest()[:16]}.sqlite3"


def fill(name: str) -> sqlite3.Connection | None:
    """Put the copy into the database in memory; it lives for as long as what is returned."""
    if not path_of_copy().exists():
        return None
    memory = sqlite3.connect(name, uri=True, check_same_thread=False)
    with sqlite3.connect(path_of_copy()) as copy:
        copy.backup(memory)
    copy.close()
    return memory


def keep() -> None:
    """Keep a copy of the database as it is now, in place of all older ones."""
    path = path_of_copy()
    if path.exists():
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(part) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    copy.close()
    part.replace(path)
