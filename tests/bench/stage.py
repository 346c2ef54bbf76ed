"""Where a benchmark runs: a database of its own, migrated and empty, and a folder for uploads."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, connections
from django.test.utils import override_settings, setup_test_environment, teardown_test_environment

from tests import migrated


@contextmanager
def theatre(folder: Path) -> Iterator[None]:
    """The one database that is migrated; each benchmark gets a copy of it."""
    embedded = connection.vendor == "sqlite"
    if embedded:  # a file with a log beside it, as the site has
        file = shutil.copy(migrated.database(), folder / "bench.sqlite3")
        connection.settings_dict["TEST"]["NAME"] = str(file)
    before = connection.settings_dict["NAME"]
    setup_test_environment()
    connection.creation.create_test_db(
        verbosity=0, autoclobber=True, serialize=False, keepdb=embedded
    )
    try:
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)
        teardown_test_environment()


@contextmanager
def stage(folder: Path) -> Iterator[None]:
    """A copy of the empty database; readers ask no other engine than the database's own."""
    connections.close_all()
    empty = connection.settings_dict["NAME"]
    connection.creation.clone_test_db("stage", verbosity=0)
    copy = connection.creation.get_test_db_clone_settings("stage")
    connection.settings_dict["NAME"] = copy["NAME"]
    uploads = folder / "uploads"
    uploads.mkdir(exist_ok=True)
    try:
        with override_settings(MEDIA_ROOT=uploads, ELASTICSEARCH_URL=""):
            yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = empty
        connection.creation.destroy_test_db(suffix="stage", verbosity=0)
