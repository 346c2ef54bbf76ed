"""What a file is, told by its first bytes and not by its name. Pure."""

from pathlib import PurePosixPath

from media.mime import ENDINGS, mime_type

HEAD = 4096
EBML = b"\x1a\x45\xdf\xa3"


def media_type(head: bytes) -> str:
    """The media type of a film or a sound; empty for anything that we do not play."""
    if head.startswith(EBML):
        return "video/webm" if b"webm" in head[:64] else ""
    if head[4:8] == b"ftyp":
        return "audio/mp4" if head[8:11] == b"M4A" else "video/mp4"
    if head.startswith(b"OggS"):
        return "audio/ogg"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "audio/wav"
    if head.startswith(b"ID3") or is_mp3_frame(head):
        return "audio/mpeg"
    return ""


def is_mp3_frame(head: bytes) -> bool:
    """Eleven set bits, then a version, layer III, a bit rate and a sample rate that exist."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, samples = head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer == 1 and rate not in (0, 15) and samples != 3


def objection(name: str, head: bytes | None) -> str:
    """Why a file of this name that begins like this is not taken; empty if it is. Without a head
    only the name is looked at."""
    if PurePosixPath(name).suffix.lower() not in ENDINGS:
        return f"“{name}” is no film or sound that browsers play: {', '.join(ENDINGS)}."
    if head is None:
        return ""
    found = media_type(head)
    if not found:
        return f"“{name}” is not a film or a sound, whatever its name says, or it is broken."
    if not same_container(found, mime_type(name)):
        return f"“{name}” holds {found}, not {mime_type(name)}. Save it under its true name."
    return ""


def same_container(found: str, named: str) -> bool:
    """MP4 is one container for film and sound; its first bytes do not always tell which."""
    return found == named or {found, named} == {"video/mp4", "audio/mp4"}
