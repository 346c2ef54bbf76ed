"""A site of its own on disk, with real processes: for what only a real kill can show."""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests import migrated


class Site:
    def __init__(self, folder: Path, **environment: str) -> None:
        self.environment = {**os.environ, "DATA_DIR": str(folder), **environment}
        self.environment["DJANGO_SETTINGS_MODULE"] = "config.settings.development"
        self.folder = folder

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


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 120
    while not path.exists():
        assert time.monotonic() < deadline, f"{path.name} did not appear"
        time.sleep(0.1)
