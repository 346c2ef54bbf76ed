"""Start and end processes so that none is left: by group, by death signal, by adoption."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

Process = subprocess.Popen[bytes]
PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """On Linux, make what our children leave behind our own, so that `end_orphans` finds it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def start(
    command: Sequence[str], environment: dict[str, str], output: IO[bytes] | None = None
) -> Process:
    """Start it in a group of its own; with an output file it is a server and gets no input."""
    # Should we be killed ourselves, the kernel ends it. It watches the thread that started it:
    # call this in the main thread, which lives as long as we do.
    guard = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
    return subprocess.Popen(
        [*guard, *command],
        env=environment,
        stdin=subprocess.DEVNULL if output else None,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        start_new_session=True,
    )


def _signal_group(process: Process, number: int) -> bool:
    """False where nobody of the group is left."""
    process.poll()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
        return True
    return False


def stop(processes: dict[Process, int], patience: float = 10) -> None:
    """Ask all groups to end, each by its own signal, and kill what has not ended in time."""
    deadline = time.monotonic() + patience
    left = [process for process, number in processes.items() if _signal_group(process, number)]
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = [process for process in left if process.poll() is None]
    for process in processes:
        _signal_group(process, signal.SIGKILL)
        process.wait()


def _children() -> list[int]:
    files = Path("/proc/self/task").glob("*/children")
    return [int(child) for file in files for child in file.read_text().split()]


def end_orphans(patience: float = 5) -> None:
    """Kill and reap every child that is left; call it when the own ones have been waited for."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            reaped, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not reaped:
            for child in _children():
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            time.sleep(0.02)
