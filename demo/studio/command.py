"""Other programs, run in one place: ffmpeg for sound and film, Chromium for type."""

import shutil
import subprocess
from collections.abc import Sequence


class CommandError(RuntimeError):
    """A program that is missing, or that failed; the end of what it said is in the message."""


def run(parts: Sequence[str], *, stdin: bytes | None = None) -> str:
    """What a program wrote on its error stream, where ffmpeg puts its measurements."""
    program = shutil.which(parts[0])
    if program is None:
        raise CommandError(f"{parts[0]} is not installed")
    done = subprocess.run(  # noqa: S603  (fixed arguments and paths that the studio made)
        [program, *parts[1:]], input=stdin, capture_output=True, check=False
    )
    said = done.stderr.decode(errors="replace")
    if done.returncode:
        raise CommandError(f"{parts[0]} failed: {said[-800:]}")
    return said


def ffmpeg(*parts: str, stdin: bytes | None = None) -> str:
    """ffmpeg without questions; bit-exact, so that the same talk gives the same file."""
    return run(["ffmpeg", "-hide_banner", "-nostdin", "-y", *parts], stdin=stdin)
