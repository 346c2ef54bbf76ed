"""A site of its own, with real processes: for what only a real kill can show."""

import atexit
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

from tests import migrated


class Site:
    def __init__(self, folder: Path, **environment: str) -> None:
        self.environment = {**os.environ, "DATA_DIR": str(folder), **environment}
        self.environment["DJANGO_SETTINGS_MODULE"] = "config.settings.development"
        self.folder = folder
        if server := self.environment.get("DATABASE_URL"):
            self.environment["DATABASE_URL"] = own_database(server)

    def migrate(self) -> None:
        """Its tables, ready for rows: a copy of those that are kept, or by its own command."""
        migrated.give_to_site(self.folder, self.environment)
        if self.environment.get("DATABASE_URL"):
            self.run("migrate", "--verbosity", "0")

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "manage.py", *arguments]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        return subprocess.Popen(command, env=self.environment, text=True, **streams)  # type: ignore[call-overload]  # (a mapping of keyword arguments)

    def run(self, *arguments: str) -> str:
        process = self.start(*arguments)
        said, _ = process.communicate(timeout=300)
        assert process.returncode == 0, said
        return str(said)

    def shell(self, code: str) -> str:
        return self.run("shell", "--no-imports", "--verbosity", "0", "-c", code).strip()


def own_database(server: str) -> str:
    """The address of a new database on this server; it goes with the process of the tests."""
    name = f"site_{uuid4().hex}"
    tell(server, f"CREATE DATABASE {name}")
    atexit.register(tell, server, f"DROP DATABASE {name} WITH (FORCE)")
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def tell(server: str, order: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(order)


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 120
    while not path.exists():
        assert time.monotonic() < deadline, f"{path.name} did not appear"
        time.sleep(0.1)
