"""A copy of the tests' own database, migrated and empty, for other processes to work on."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from tests import migrated


@contextmanager
def copy_of_the_database(folder: Path) -> Iterator[str]:
    """Its name: a file on SQLite, else a database on the same server, gone afterwards. Nothing may
    be open on the database meanwhile: ask for it outside of a test's transaction."""
    if connection.vendor == "sqlite":
        yield str(shutil.copy(migrated.database(), folder / "copy.sqlite3"))
        return
    connection.creation.clone_test_db("copy", verbosity=0, autoclobber=True)
    try:
        yield str(connection.creation.get_test_db_clone_settings("copy")["NAME"])
    finally:
        connection.creation.destroy_test_db(suffix="copy", verbosity=0)
