"""What other sites and programs are told of a talk, and how they show it themselves."""

from dataclasses import dataclass

from django.urls import reverse

from episodes.embed import WIDEST, frame
from episodes.models import EpisodePage
from episodes.oembed import CARD, discovery, player_html
from episodes.plain import absolute
from media.models import Rendition


@dataclass(frozen=True, slots=True)
class Film:
    url: str
    type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Share:
    """`film` is None for a talk of sound alone; `player` is the address of the player alone,
    `embed` the code that shows it on another site: empty where that would find it closed."""

    title: str
    line: str
    url: str
    image: str
    image_width: int
    image_height: int
    alt: str
    film: Film | None
    player: str
    player_width: int
    player_height: int
    embed: str
    oembed: tuple[tuple[str, str], ...]


def share(episode: EpisodePage, start: int = 0) -> Share | None:
    """The renditions of the recording are read before. A page without an address, as in a preview
    before it is saved, is not shared."""
    if not episode.url:
        return None
    recording = episode.recording
    files = recording.files() if recording else []
    kind = files[0].kind if files else ""
    size = frame(kind, WIDEST, None)
    image = recording.picture_url("card.jpg") if recording else ""
    return Share(
        title=episode.title,
        line=episode.said_first,
        url=episode.full_url,
        image=absolute(image) if image else "",
        image_width=CARD[0],
        image_height=CARD[1],
        alt=f"A still of the talk “{episode.title}”",
        film=film(files[0]) if kind == "video" else None,
        player=absolute(reverse("embed", args=[episode.pk])) if files else "",
        player_width=size.width,
        player_height=size.height,
        embed="".join(  # words to copy, no longer HTML of this page
            [player_html(episode, start, size.width, size.height)]
            if files and opens(episode)
            else []
        ),
        oembed=tuple(discovery(absolute(episode.url))),
    )


def opens(episode: EpisodePage) -> bool:
    return bool(episode.live) and not episode.get_view_restrictions().exists()


def film(first: Rendition) -> Film:
    """The size as measured, or the shape that every talk of ours has."""
    width, height = (first.width, first.height) if first.height else (1280, 720)
    return Film(absolute(first.url), first.mime_type, width, height)
