"""Several processes that live and die together. Pure; POSIX."""

import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from types import FrameType

PATIENCE_S = 10.0


class PortTaken(Exception):
    """Somebody else listens on the port; the message says what to do."""


def require_free_port(port: int) -> None:
    """Raise PortTaken where nothing more can listen on `port` of this machine."""
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(1)
            if probe.connect_ex((host, port)) == 0:
                raise PortTaken(
                    f"Port {port} is taken by another program. "
                    f"Stop that one, or choose another port: make run PORT={port + 1}"
                )


def stop_on_signal(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def run_together(commands: Mapping[str, Sequence[str]]) -> str:
    """Run all commands until one ends or Ctrl-C or SIGTERM comes; then stop the others.

    Returns the name of the one that ended by itself, or "" when we were asked to stop.
    """
    signal.signal(signal.SIGTERM, stop_on_signal)
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands.items():
            running[name] = subprocess.Popen(command, start_new_session=True)  # noqa: S603  (ours)
        while True:
            for name, process in running.items():
                if process.poll() is not None:
                    return name
            time.sleep(0.2)
    except KeyboardInterrupt:
        return ""
    finally:
        stop_all(list(running.values()))


def stop_all(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask every process to stop, wait, and kill what does not."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + PATIENCE_S
    for process in processes:
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
