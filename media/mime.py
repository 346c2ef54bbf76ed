"""The media types that a recording may have, by file ending. Pure."""

from pathlib import PurePosixPath

VIDEO = "video"
AUDIO = "audio"

TYPES = {
    ".webm": "video/webm",
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
}
ENDINGS = tuple(TYPES)


def mime_type(filename: str) -> str:
    """Return the media type by ending; raises KeyError for an ending we do not play."""
    return TYPES[PurePosixPath(filename).suffix.lower()]
