"""Ask ffprobe and ffmpeg about a file: length, size of the picture, a still. No Django models."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

TIMEOUT = 120


class ToolsMissing(RuntimeError):
    """ffmpeg is not installed on this machine."""


class Unreadable(ValueError):
    """The file is no film and no sound, or it is broken."""


@dataclass(frozen=True, slots=True)
class Facts:
    duration_ms: int
    width: int
    height: int


def tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise ToolsMissing(f"{name} is not installed.")
    return path


def run(command: list[str]) -> str:
    """Run a tool with a time limit; raises Unreadable with the last line that it said."""
    try:
        done = subprocess.run(  # noqa: S603  (fixed tools, arguments are never a shell's)
            command, capture_output=True, text=True, timeout=TIMEOUT, check=False, errors="replace"
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("It took too long to read.") from error
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise Unreadable(said[-1] if said else "It could not be read.")
    return done.stdout


def facts(path: Path) -> Facts:
    """Raises ToolsMissing or Unreadable."""
    fields = "format=duration:stream=codec_type,width,height"
    shown = run(
        [tool("ffprobe"), "-v", "error", "-show_entries", fields, "-of", "json", f"file:{path}"]
    )
    found = json.loads(shown or "{}")
    try:
        duration = round(float(found["format"]["duration"]) * 1000)
    except (KeyError, ValueError) as error:
        raise Unreadable("It says nothing about its length.") from error
    pictures = [item for item in found.get("streams", []) if item.get("codec_type") == "video"]
    size = pictures[0] if pictures else {}
    return Facts(duration, int(size.get("width", 0)), int(size.get("height", 0)))


def still(path: Path, at_ms: int, target: Path) -> None:
    """Write one frame as JPEG. Raises ToolsMissing or Unreadable."""
    seconds = f"{at_ms / 1000:.3f}"
    read = [tool("ffmpeg"), "-v", "error", "-nostdin", "-y", "-ss", seconds, "-i", f"file:{path}"]
    run([*read, "-frames:v", "1", "-q:v", "3", "-update", "1", f"file:{target}"])
    if not target.exists():
        raise Unreadable("It has no picture there.")
