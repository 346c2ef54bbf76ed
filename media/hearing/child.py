"""The process that hears: `python -m media.hearing.child`. Reads one request, writes JSON lines.

It is low in priority and first to go when memory is short, knows no database and no secrets, and
ends when its parent does.
"""

import json
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from media.hearing.words import to_rows

Say = Callable[..., None]
NICE = 10


def run(say: Say) -> None:
    step_back()
    request = json.loads(sys.stdin.readline())
    threading.Thread(target=end_with_parent, daemon=True).start()
    try:
        hear(request, say)
    except ImportError as error:
        say(error="no-package", detail=str(error))
    except MemoryError:
        say(error="memory", detail="")
    except RuntimeError as error:  # how the libraries in C++ say so
        if "alloc" not in str(error):
            raise
        say(error="memory", detail=str(error))


def hear(request: dict[str, Any], say: Say) -> None:
    from media.hearing import engine

    def progress(share: float) -> None:
        say(share=share)

    try:
        machine = engine.Engine(Path(request["model"]), threads=request["threads"])
        heard = machine.hear(
            Path(request["path"]),
            language=request["language"],
            hotwords=request["hotwords"],
            progress=progress,
        )
    except engine.NoModel as error:
        say(error="no-model", detail=str(error))
    except engine.Unreadable as error:
        say(error="unreadable", detail=str(error))
    except engine.NoSound as error:
        say(error="no-sound", detail=str(error))
    else:
        say(words=to_rows(heard.words), seconds=heard.seconds, said=heard.said)


def speaker() -> Say:
    """What libraries print goes to the log, so that only our lines reach the parent."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def say(**message: Any) -> None:
        out.write(f"{json.dumps(message)}\n")
        out.flush()

    return say


def step_back() -> None:
    os.nice(NICE)
    with suppress(OSError):  # Linux has it
        Path("/proc/self/oom_score_adj").write_text("1000")


def end_with_parent() -> None:
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    run(speaker())
