"""Ask ffprobe and ffmpeg about a file: length, size of the picture, a still. No Django models."""

import json
import logging
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)
TIMEOUT, SOUND_TIMEOUT = 120, 3600
# What the tools say, and what it means to somebody who only wants to publish a talk.
MEANINGS = [
    (r"moov atom not found|partial file|ended prematurely", "its end is missing"),
    (r"invalid data|could not find codec|invalid argument", "it holds no film and no sound"),
    (r"does not contain any stream|matches no streams", "it holds no film and no sound"),
    (r"no such file", "it is no longer there"),
]


class ToolsMissing(RuntimeError):
    """ffmpeg is not installed on this machine."""


class Unreadable(ValueError):
    """The file is no film and no sound, or it is broken; the message is half a sentence."""


@dataclass(frozen=True, slots=True)
class Facts:
    duration_ms: int
    width: int
    height: int
    has_sound: bool = False


def tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise ToolsMissing(f"{name} is not installed.")
    return path


def run(command: list[str], timeout: float | None = None) -> str:
    """Run a tool with a time limit; raises Unreadable with what it means that it failed."""
    try:
        done = subprocess.run(  # noqa: S603  (fixed tools, arguments are never a shell's)
            command,
            capture_output=True,
            text=True,
            timeout=timeout or TIMEOUT,
            check=False,
            errors="replace",
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("it took too long to read") from error
    if done.returncode:
        logger.warning("%s: %s", Path(command[0]).name, done.stderr.strip()[-1000:])
        raise Unreadable(meaning(done.stderr))
    return done.stdout


def meaning(said: str) -> str:
    for pattern, words in MEANINGS:
        if re.search(pattern, said, re.IGNORECASE):
            return words
    return "the tools that read films could not make anything of it"


def facts(path: Path) -> Facts:
    """Raises ToolsMissing or Unreadable."""
    command = tool("ffprobe")
    if path.exists() and not path.stat().st_size:
        raise Unreadable("it is empty")
    fields = "format=duration:stream=codec_type,width,height:stream_disposition=attached_pic"
    shown = run([command, "-v", "error", "-show_entries", fields, "-of", "json", f"file:{path}"])
    found = json.loads(shown or "{}")
    try:
        duration = round(float(found["format"]["duration"]) * 1000)
    except (KeyError, ValueError) as error:
        raise Unreadable("it says nothing about its length") from error
    streams = found.get("streams", [])
    size: dict[str, Any] = next((item for item in streams if is_picture(item)), {})
    sound = any(item.get("codec_type") == "audio" for item in streams)
    return Facts(duration, int(size.get("width", 0)), int(size.get("height", 0)), sound)


def is_picture(stream: dict[str, Any]) -> bool:
    """A film, not the cover of an album."""
    cover = stream.get("disposition", {}).get("attached_pic", 0)
    return stream.get("codec_type") == "video" and not cover


def still(path: Path, at_ms: int, target: Path) -> None:
    """Write one frame as JPEG. Raises ToolsMissing or Unreadable."""
    seconds = f"{at_ms / 1000:.3f}"
    read = [*reading(), "-ss", seconds, "-i", f"file:{path}"]
    run([*read, "-frames:v", "1", "-q:v", "3", "-update", "1", f"file:{target}"])
    if not target.exists():
        raise Unreadable("it has no picture there")


def sound(path: Path, target: Path) -> None:
    """Write the sound alone, as the file name says. Raises ToolsMissing or Unreadable."""
    run(
        [*reading(), "-i", f"file:{path}", "-map", "0:a:0", "-vn", "-b:a", "96k", f"file:{target}"],
        timeout=SOUND_TIMEOUT,
    )
    if not target.exists() or not target.stat().st_size:
        raise Unreadable("no sound could be taken from it")


def reading() -> list[str]:
    """ffmpeg, quiet and after everything else that the machine has to do."""
    nice = shutil.which("nice")
    return [*([nice, "-n", "10"] if nice else []), tool("ffmpeg"), "-v", "error", "-nostdin", "-y"]
