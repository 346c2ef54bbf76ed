"""Whoever reads the logs opens no private page by them."""

import logging
import sys
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from gunicorn.config import Config

from config.logs import GunicornLog

TOKEN = "Koa1c6gMluIx82aN-A7hkPs8FmSyrfJm8zfs-ijLQ0A"
ROOT = Path(__file__).parents[2]


def line(message: str, *args: object, problem: Exception | None = None) -> str:
    """As our log writes it."""
    logging_settings: Any = settings.LOGGING
    made = logging_settings["formatters"]["line"]
    module, _, name = made["()"].rpartition(".")
    formatter = getattr(sys.modules[module], name)(made["format"], style=made["style"])
    trace = (type(problem), problem, None) if problem else None
    record = logging.LogRecord("django.request", 30, "", 0, message, args, trace)
    return str(formatter.format(record))


@pytest.mark.parametrize("path", [f"/training/booking/{TOKEN}/swap/", f"/training/waiting/{TOKEN}"])
def test_the_log_of_the_site_names_no_private_page(path: str) -> None:
    written = line("%s: %s", "Unprocessable Entity", path)
    assert written.startswith("WARNING django.request Unprocessable Entity: /training/")
    assert TOKEN not in written


def test_neither_does_a_traceback() -> None:
    assert TOKEN not in line("Broken", problem=ValueError(f"no /training/booking/{TOKEN}/"))


def test_what_was_asked_for_is_written_without_its_secret(
    capsys: pytest.CaptureFixture[str],
) -> None:
    config = Config()
    config.set("accesslog", "-")
    path = f"/training/booking/{TOKEN}/"
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": f"{path}style.css?done=moved",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": f"https://library.example{path}",
    }
    answer = SimpleNamespace(status="200 OK", sent=5, headers=[])
    log = GunicornLog(config)
    log.access(answer, SimpleNamespace(headers=[]), environ, timedelta(seconds=1))
    log.error("Error handling request %s", path)
    written = "".join(capsys.readouterr())
    assert "GET /training/booking/.../style.css?done=moved" in written
    assert "https://library.example/training/booking/.../" in written
    assert "Error handling request" in written
    assert TOKEN not in written


def test_the_image_starts_its_server_with_this_log() -> None:
    command = (ROOT / "Dockerfile").read_text().partition('CMD ["gunicorn"')[2]
    assert '"--logger-class", "config.logs.GunicornLog"' in command
