"""The process that hears, as the site runs it; what it used is written down at its end."""

import json
import re
import sys
import time
from pathlib import Path
from typing import Any

from media.hearing import child


def run(report: Path) -> None:
    say = child.speaker()

    def noting(**message: Any) -> None:
        if "words" in message:
            report.write_text(json.dumps(used()))
        say(**message)

    child.run(noting)


def used() -> dict[str, float]:
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return {"seconds": time.process_time(), "peak": int(peak[1]) * 1024 if peak else 0}


if __name__ == "__main__":
    run(Path(sys.argv[1]))
