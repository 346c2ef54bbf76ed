"""A migrated, empty SQLite database, made once and kept for all that would migrate one of its own.

Applying some three hundred migrations costs half a minute of a processor. So the site's own command
does it once, in `var/`, under a name made of every migration of ours and of the lock; the database
of the tests, and each site or process that a test starts, begins with a copy. Django still looks
whether all migrations are applied, so that a copy which is out of date only costs time.

`python -m tests.migrated` makes it beforehand.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var/test-databases"
STATE = (
    *sorted(ROOT.glob("*/migrations/*.py")),
    *sorted(ROOT.glob("media/provider/migrations/*.py")),
    ROOT / "requirements.txt",
)
EMBEDDED = {"DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "config.settings.development"}


def database() -> Path:
    """The file that is kept; made now where there is none yet, and by one process only."""
    digest = hashlib.sha256()
    for file in STATE:
        digest.update(file.read_bytes())
    path = KEPT / f"{digest.hexdigest()[:16]}.sqlite3"
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            make(path)
    return path


def make(path: Path) -> None:
    for old in KEPT.glob("*.sqlite3"):
        old.unlink()
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=ROOT,
            env={**os.environ, **EMBEDDED, "DATA_DIR": folder},
            check=True,
        )
        (Path(folder) / "site.sqlite3").replace(path)


def give_to_site(data: Path, environment: dict[str, str]) -> None:
    """Put a copy into the data folder of a site that is about to start, unless it has a server."""
    if not environment.get("DATABASE_URL"):
        shutil.copy(database(), data / "site.sqlite3")


def fill(name: str) -> sqlite3.Connection:
    """Put a copy into the database in memory; it lives for as long as what is returned."""
    memory = sqlite3.connect(name, uri=True, check_same_thread=False)
    copy = sqlite3.connect(database())
    copy.backup(memory)
    copy.close()
    return memory


if __name__ == "__main__":
    database()
