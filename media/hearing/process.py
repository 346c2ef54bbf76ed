"""Start the process that hears, listen to it, and say what became of it. Knows no database.

Its memory goes back to the machine when it ends, and when it crashes the worker lives on.
"""

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from media.hearing.words import Heard, from_rows

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "media.hearing.child")
BEAT_S, PATIENCE_S = 5.0, 900.0
# No secret of the site goes to a process that reads files from outside.
KEPT = ("PATH", "LANG", "LD_LIBRARY_PATH", "SYSTEMROOT")

Told = Callable[[int], None]
Process = subprocess.Popen[str]
Lines = queue.Queue[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    path: str
    model: str
    threads: int = 2
    language: str = "en"
    hotwords: str = ""


class Broken(Exception):
    """Nothing was heard. `kind` is one of no-package, no-model, unreadable, no-sound, memory,
    stuck and crashed; the message is for the log."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(detail or kind)
        self.kind = kind


def hear(
    request: Request,
    *,
    told: Told,
    command: Sequence[str] = COMMAND,
    patience: float = PATIENCE_S,
    beat: float = BEAT_S,
) -> Heard:
    """Words of a file. `told` gets the percentage every few seconds, changed or not.

    Raises Broken, also when the process says nothing new for `patience` seconds.
    """
    with tempfile.TemporaryFile("w+") as log, started(command, log) as (process, lines):
        send(process, request)
        percent, told_at = 0, time.monotonic()
        for message in messages(lines, patience=patience, beat=beat):
            if "error" in message:
                raise Broken(message["error"], message["detail"])
            if "words" in message:
                words = from_rows(message["words"])
                return Heard(words=words, seconds=message["seconds"], said=message["said"])
            percent = min(99, round(100 * message.get("share", percent / 100)))
            if not message or time.monotonic() - told_at >= beat:
                told_at = time.monotonic()
                told(percent)
        raise Broken(*end_of(process, log))


@contextmanager
def started(command: Sequence[str], log: IO[str]) -> Iterator[tuple[Process, Lines]]:
    """The process, and what it says, line by line; an empty line is the end."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    process = subprocess.Popen(  # noqa: S603  (our own program)
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        cwd=ROOT,
        env={**kept, "HF_HUB_OFFLINE": "1", "PYTHONIOENCODING": "utf-8"},
    )
    lines: Lines = queue.Queue()
    reader = threading.Thread(target=read, args=(process, lines), daemon=True)
    reader.start()
    try:
        yield process, lines
    finally:
        process.kill()
        process.wait()
        reader.join()
        with suppress(BrokenPipeError):
            process.__exit__(None, None, None)


def read(process: Process, lines: Lines) -> None:
    for line in process.stdout or ():
        lines.put(line)
    lines.put("")


def send(process: Process, request: Request) -> None:
    """The pipe stays open: the process ends when we do."""
    pipe: Any = process.stdin
    with suppress(BrokenPipeError):  # it has died already; what it left says why
        pipe.write(f"{json.dumps(asdict(request))}\n")
        pipe.flush()


def messages(lines: Lines, *, patience: float, beat: float) -> Iterator[dict[str, Any]]:
    """What the process says, and an empty message after every `beat` without a word."""
    heard_at = time.monotonic()
    while True:
        try:
            line = lines.get(timeout=beat)
        except queue.Empty:
            if time.monotonic() - heard_at > patience:
                raise Broken("stuck", f"It said nothing for {patience:.0f} seconds.") from None
            yield {}
            continue
        if not line:
            return
        heard_at = time.monotonic()
        yield json.loads(line)


def end_of(process: Process, log: IO[str]) -> tuple[str, str]:
    """Why a process ended before it had said its last."""
    code = process.wait()
    log.seek(0)
    said = log.read().strip().splitlines()
    last = said[-1] if said else ""
    if code == -signal.SIGKILL:
        return "memory", last
    return "crashed", f"exit code {code}: {last}"
