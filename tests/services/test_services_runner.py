"""The runner gives the command its servers and leaves no process behind, whatever happens."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.services.servers import SERVERS

RUN = [sys.executable, str(Path(__file__).with_name("run.py"))]
Runner = Callable[..., subprocess.Popen[str]]


def environment(**variables: str) -> dict[str, str]:
    """Ours without the servers that the outer run may have started."""
    given = {name for server in SERVERS.values() for name in server.given_by} | {"TEST_MAIL_DIR"}
    return {name: value for name, value in os.environ.items() if name not in given} | variables


@pytest.fixture
def runner() -> Iterator[Runner]:
    """Starts a runner that is ended with the test."""
    runners: list[subprocess.Popen[str]] = []

    def start(*arguments: str, **variables: str) -> subprocess.Popen[str]:
        runners.append(
            subprocess.Popen(
                [*RUN, *arguments],
                env=environment(**variables),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        return runners[-1]

    yield start
    for process in runners:
        process.terminate()
        process.communicate(timeout=30)


def descendants(pid: int) -> set[int]:
    """All processes below this one, from the kernel's table."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # The name in brackets may hold anything, so read from behind it: state, then parent.
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
    found, looking = set(), {pid}
    while looking := {child for child, parent in parents.items() if parent in looking}:
        found |= looking
    return found


def alive(pids: set[int]) -> set[int]:
    return {pid for pid in pids if Path(f"/proc/{pid}").exists()}


def wait_for_output(process: subprocess.Popen[str], text: str) -> None:
    assert process.stdout is not None
    assert process.stdout.readline().strip() == text


def test_the_command_gets_the_server_and_its_exit_code_is_returned(runner: Runner) -> None:
    process = runner("--only", "smtp", "--", "sh", "-c", 'echo "$EMAIL_URL"; exit 7')
    output, progress = process.communicate(timeout=60)
    assert output.startswith("smtp://127.0.0.1:")
    assert "aiosmtpd (SMTP) 1." in progress
    assert process.returncode == 7


def test_a_server_that_is_given_is_used_and_not_started(runner: Runner) -> None:
    process = runner("--only", "smtp", "--", "env", EMAIL_URL="smtp://mail.example.org:25")
    output, progress = process.communicate(timeout=60)
    assert "EMAIL_URL=smtp://mail.example.org:25\n" in output
    assert "TEST_MAIL_DIR" not in output
    assert progress == "aiosmtpd (SMTP): uses the server in EMAIL_URL\n"


def test_an_unknown_server_is_named(runner: Runner) -> None:
    process = runner("--only", "smtp,oracle", "--", "true")
    assert "not oracle" in process.communicate(timeout=60)[1]
    assert process.returncode == 2


def test_a_server_that_cannot_start_says_why_and_what_to_do(runner: Runner, tmp_path: Path) -> None:
    for name in ("bash", "env", "cat", "sed", "cksum", "cut", "dirname"):
        (tmp_path / name).symlink_to(Path("/usr/bin") / name)
    process = runner("--only", "elasticsearch", "--", "true", PATH=str(tmp_path))
    progress = process.communicate(timeout=60)[1]
    assert "Java 17 or newer is not installed: apt install openjdk-17-jdk-headless" in progress
    assert process.returncode == 1


@pytest.mark.parametrize("name", SERVERS)
def test_a_port_that_is_taken_is_named(name: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = subprocess.run(
            SERVERS[name].command(tmp_path, port),
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert f"port {port} is taken" in done.stderr
    assert done.returncode == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_no_process_is_left_when_the_runner_is_stopped(
    runner: Runner, number: signal.Signals
) -> None:
    script = "setsid sleep 600 & sleep 600 & echo started; wait"
    process = runner("--only", "postgres,s3,smtp", "--", "sh", "-c", script)
    wait_for_output(process, "started")
    below = descendants(process.pid)
    assert len(below) > 10
    process.send_signal(number)
    process.wait(timeout=30)
    assert process.returncode == 128 + number
    assert alive(below) == set()


def test_no_server_outlives_a_runner_that_was_killed(runner: Runner) -> None:
    process = runner("--only", "postgres,s3,smtp", "--", "sh", "-c", "echo started; exec sleep 600")
    wait_for_output(process, "started")
    below = descendants(process.pid)
    process.kill()
    deadline = time.monotonic() + 20
    while running(below) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert running(below) == set()


def running(pids: set[int]) -> set[int]:
    """Without the dead whom their new parent has not waited for yet."""
    states = {}
    for pid in pids:
        with suppress(OSError):
            states[pid] = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return {pid for pid, state in states.items() if state != "Z"}


def test_a_server_that_crashes_ends_the_run_and_is_named(runner: Runner) -> None:
    script = "echo started; sleep 600"
    process = runner("--only", "smtp,s3", "--", "sh", "-c", script)
    wait_for_output(process, "started")
    below = descendants(process.pid)
    mail = next(pid for pid in below if "mail_folder" in Path(f"/proc/{pid}/cmdline").read_text())
    os.kill(mail, signal.SIGKILL)
    assert "aiosmtpd (SMTP) stopped with exit code -9" in process.communicate(timeout=30)[1]
    assert process.returncode == 1
    assert alive(below) == set()


def test_two_runs_at_the_same_time_do_not_disturb_each_other(runner: Runner) -> None:
    script = 'echo "$DATABASE_URL"; sleep 1'
    both = [runner("--only", "postgres", "--", "sh", "-c", script) for _ in range(2)]
    urls = {process.communicate(timeout=60)[0] for process in both}
    assert len(urls) == 2
    assert [process.returncode for process in both] == [0, 0]
