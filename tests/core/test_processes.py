import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.processes import PortTaken, require_free_port

ROOT = Path(__file__).parents[2]
SCRIPT = r"""
import sys
from core.processes import run_together
words = "import os, time; os.write(1, b'%d\\n' % os.getpid()); time.sleep({})"
one, two = ([sys.executable, "-c", words.format(life)] for life in (sys.argv[1], 60))
print("ended", run_together({"one": one, "two": two}))
"""


def run(life: float) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(life)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def children(process: subprocess.Popen[str]) -> list[int]:
    assert process.stdout
    return [int(process.stdout.readline()) for _ in range(2)]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_taken_port_is_named_with_the_way_out() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        with pytest.raises(PortTaken, match=f"Port {port} is taken.*PORT={port + 1}"):
            require_free_port(port)


def test_a_free_port_passes() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = server.getsockname()[1]
    require_free_port(port)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_every_process(number: signal.Signals) -> None:
    process = run(life=60)
    pids = children(process)
    process.send_signal(number)
    output, _ = process.communicate(timeout=20)
    assert "ended \n" in output
    assert not any(is_alive(pid) for pid in pids)


def test_one_that_ends_by_itself_is_named_and_the_others_stop() -> None:
    process = run(life=0.2)
    pids = children(process)
    output, _ = process.communicate(timeout=20)
    assert "ended one" in output
    time.sleep(0.05)
    assert not any(is_alive(pid) for pid in pids)
