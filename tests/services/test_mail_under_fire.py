"""Workers are killed while they send, and the mail server refuses for a while: nothing is lost."""

import asyncio
import json
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection

from tests import migrated
from tests.services.runner import free_port

ROOT = Path(__file__).resolve().parents[2]
REFUSES_AFTER, REFUSES_FOR = 60, 3.0  # mails, seconds


class Moody:
    """Takes each mail, and answers only a moment later: then the worker may be dead. Refuses all
    for a while after it took some."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.refused = 0
        self.refuses_until = 0.0

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if time.monotonic() < self.refuses_until:
            self.refused += 1
            return "451 4.3.2 Come back later"
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        mail = message_from_bytes(envelope.original_content or b"")
        self.taken[str(mail["Message-ID"])] += 1
        if self.taken.total() == REFUSES_AFTER:
            self.refuses_until = time.monotonic() + REFUSES_FOR
        await asyncio.sleep(0.04)
        return "250 OK"


@pytest.fixture
def server() -> Iterator[tuple[Moody, int]]:
    moody, port = Moody(), free_port()
    controller = Controller(moody, hostname="127.0.0.1", port=port)
    controller.start()
    yield moody, port
    controller.stop()


@pytest.fixture
def database(db: None, tmp_path: Path) -> str:
    """What other processes can open: a copy in a file, or the test database of the server."""
    if connection.vendor != "sqlite":
        return str(connection.settings_dict["NAME"])
    return str(shutil.copy(migrated.database(), tmp_path / "mails.sqlite3"))


def test_no_mail_is_lost_and_as_many_come_twice_as_workers_died_at_most(
    server: tuple[Moody, int], database: str
) -> None:
    moody, port = server
    script = [sys.executable, "tests/services/mail_workers.py", database, str(port)]
    ended = subprocess.run(
        script, check=False, cwd=ROOT, capture_output=True, text=True, timeout=180
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    report = json.loads(ended.stdout.splitlines()[-1])
    assert report["states"] == ["sent"]
    assert set(moody.taken) == set(report["ids"])
    assert len(moody.taken) == 300
    assert moody.taken.total() - 300 <= report["kills"]
    assert moody.refused > 0
    assert report["most_attempts"] > 1
