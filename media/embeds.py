"""Addresses of hosted videos: what an editor pastes, and what may be loaded after a click. Pure."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

YOUTUBE_ID = re.compile(r"[\w-]{6,20}", re.ASCII)
VIMEO_ID = re.compile(r"\d{5,14}", re.ASCII)


@dataclass(frozen=True, slots=True)
class HostedVideo:
    """`page` is for people, `frame` is the host's player without tracking until it is clicked."""

    host: str
    page: str
    frame: str


def hosted_video(url: str) -> HostedVideo | None:
    """Read an address of YouTube or Vimeo, however it was copied; None for anything else."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    steps = [step for step in parts.path.split("/") if step]
    if host == "youtu.be" and steps:
        return youtube(steps[0])
    if host in ("youtube.com", "youtube-nocookie.com"):
        query = parse_qs(parts.query).get("v", [""])[0]
        return youtube(steps[1] if len(steps) > 1 else query)
    if host in ("vimeo.com", "player.vimeo.com") and steps:
        return vimeo(next((step for step in steps if VIMEO_ID.fullmatch(step)), ""))
    return None


def youtube(video: str) -> HostedVideo | None:
    if not YOUTUBE_ID.fullmatch(video):
        return None
    return HostedVideo(
        "YouTube",
        f"https://www.youtube.com/watch?v={video}",
        f"https://www.youtube-nocookie.com/embed/{video}",
    )


def vimeo(video: str) -> HostedVideo | None:
    if not VIMEO_ID.fullmatch(video):
        return None
    return HostedVideo(
        "Vimeo", f"https://vimeo.com/{video}", f"https://player.vimeo.com/video/{video}?dnt=1"
    )
