"""Run a command with the servers that the service tests need, and stop them whatever happens.

    python tests/services/run.py [--only postgres,smtp] -- pytest tests/services

Each server gets a free port on loopback and is told to the command by variables: DATABASE_URL,
ELASTICSEARCH_URL, S3_BUCKET with AWS_*, STRICT_S3_URL, EMAIL_URL with TEST_MAIL_DIR. A server
whose variable is already set is used and not started. The command's exit code is returned; data and
logs live in var/services/run-PID and are kept when it is not 0.
"""

import argparse
import os
import re
import shutil
import signal
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from tests.services.processes import Process, adopt_orphans, end_orphans, start, stop
from tests.services.servers import HERE, HOST, SERVERS, Server, log_of

RUNS = HERE.parent.parent / "var" / "services"
PATIENCE = 600.0  # seconds: the first start of Elasticsearch fetches and builds it
received: list[
    int
] = []  # signals; they only raise at the points that ask, so that no started process is forgotten


class Ended(Exception):
    """The run ends here, for the reason given and with this exit code."""

    def __init__(self, reason: str, code: int = 1) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True)
class Started:
    """A server that we started."""

    server: Server
    process: Process
    folder: Path
    port: int

    def version(self) -> str:
        found = re.search(rf"{self.server.title.split()[0]}\)? (\d[\d.]*)", self.log())
        return found[1] if found else ""

    def log(self) -> str:
        return log_of(self.folder).read_text(errors="replace")

    def check(self) -> None:
        if self.process.poll() is not None:
            tail = "\n".join(f"    {line}" for line in self.log().splitlines()[-15:])
            raise Ended(
                f"{self.server.title} stopped with exit code {self.process.returncode}:\n{tail}"
            )


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def pause() -> None:
    """Wait a little; a signal that came ends the run here."""
    time.sleep(0.05)
    if received:
        raise Ended(f"stopped by {signal.Signals(received[0]).name}", 128 + received[0])


def listen_to_signals() -> None:
    def note(number: int, frame: FrameType | None) -> None:
        received.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, note)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def chosen(names: list[str]) -> dict[str, Server]:
    """The servers to start: those asked for whose variables nobody has set."""
    to_start = {}
    for name in names:
        server = SERVERS[name]
        given = [variable for variable in server.given_by if os.environ.get(variable)]
        if given:
            say(f"{server.title}: uses the server in {given[0]}")
        else:
            to_start[name] = server
    return to_start


def remove(folder: Path) -> None:
    """Remove a run's folder, and what its links lead to: data that had to live elsewhere."""
    for link in folder.glob("*/data"):
        if link.is_symlink():
            shutil.rmtree(link.resolve(), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def new_folder() -> Path:
    """This run's folder; those of earlier runs that are over are removed."""
    for old in RUNS.glob("run-*"):
        with suppress(ProcessLookupError, PermissionError):
            os.kill(int(old.name.removeprefix("run-")), 0)
            continue
        remove(old)
    folder = RUNS / f"run-{os.getpid()}"
    remove(folder)
    folder.mkdir(parents=True)
    return folder


def start_servers(servers: dict[str, Server], folder: Path, started: list[Started]) -> None:
    """Start them all at the same time and wait until the last one is ready."""
    since = time.monotonic()
    for name, server in servers.items():
        data, port = folder / name, free_port()
        data.mkdir()
        with log_of(data).open("wb") as log:
            process = start(server.command(data, port), dict(os.environ), log)
        started.append(Started(server, process, data, port))
    waiting, told = list(started), since
    while waiting:
        for one in [one for one in waiting if one.server.is_ready(one.folder, one.port)]:
            waiting.remove(one)
            seconds = time.monotonic() - since
            say(f"{one.server.title} {one.version()} ready in {seconds:.1f} s on port {one.port}")
        told = _tell_slow(waiting, since, told)
        pause()


def _tell_slow(waiting: list[Started], since: float, told: float) -> float:
    """Every 15 seconds name who is not ready yet; give up when patience ends."""
    for one in waiting:
        one.check()
    now = time.monotonic()
    if now - told < 15:
        return told
    for one in waiting:
        said = [line for line in one.log().splitlines() if re.search(r"\w{3}", line)]
        last = said[-1][:120] if said else "it says nothing yet"
        say(f"{one.server.title} not ready after {now - since:.0f} s: {last}")
    if now - since > PATIENCE:
        raise Ended("gave up waiting")
    return now


def run_command(command: list[str], started: list[Started]) -> int:
    """Run the command; end it when one of the servers stops or a signal comes."""
    environment = dict(os.environ)
    for one in started:
        environment |= one.server.variables(one.folder, one.port)
    process = start(command, environment)
    try:
        while process.poll() is None:
            for one in started:
                one.check()
            pause()
    finally:
        stop({process: received[0] if received else signal.SIGTERM})
    code = process.returncode
    return code if code >= 0 else 128 - code


def run(command: list[str], names: list[str]) -> int:
    """Start, run, stop: the exit code of the command, or of what ended it."""
    started: list[Started] = []
    folder = new_folder()
    code = 1
    try:
        start_servers(chosen(names), folder, started)
        code = run_command(command, started)
    except Ended as ended:
        say(f"{ended}")
        code = ended.code
    finally:
        stop({one.process: one.server.stops_on for one in started})
        end_orphans()
    if code:
        say(f"data and logs of the servers: {folder}")
    else:
        remove(folder)
    return code


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--only", default=",".join(SERVERS), help=f"which of {', '.join(SERVERS)}, by commas"
    )
    parser.add_argument("command", nargs="+", help="the command and its arguments, after --")
    options = parser.parse_args()
    names = options.only.split(",")
    if unknown := set(names) - set(SERVERS):
        parser.error(f"--only knows {', '.join(SERVERS)}; not {', '.join(sorted(unknown))}")
    listen_to_signals()
    adopt_orphans()
    return run(options.command, names)


if __name__ == "__main__":
    sys.exit(main())
