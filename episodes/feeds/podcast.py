"""The form: RSS 2.0 by Django, with what iTunes and Podcasting 2.0 add to it."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.feedgenerator import Rss201rev2Feed

LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
# Given by the specification of podcast:guid, the same for everybody.
OF_FEEDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
LICENCES = {
    "CC BY 4.0": "cc-by-4.0",
    "CC BY-SA 4.0": "cc-by-sa-4.0",
    "CC BY-NC 4.0": "cc-by-nc-4.0",
}


@dataclass(frozen=True, slots=True)
class Element:
    """An element of XML, its text and attributes; all of it is plain already."""

    name: str
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    inside: tuple["Element", ...] = ()


def feed_guid(url: str) -> str:
    """The same wherever the feed is fetched from: address without scheme and last slash."""
    return str(uuid.uuid5(OF_FEEDS, url.partition("://")[2].rstrip("/")))


def licence(name: str) -> str:
    return LICENCES.get(name, name)


class PodcastFeed(Rss201rev2Feed):
    """Takes `more`, Elements, for the channel and for every item."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:itunes": ITUNES, "xmlns:podcast": PODCAST}

    def latest_post_date(self) -> dt.datetime:
        """Of an empty feed it would be now: then no two answers were the same."""
        return super().latest_post_date() if self.items else LONG_AGO

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        write(handler, self.feed["more"])

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        write(handler, item["more"])


def write(handler: Any, elements: Iterable[Element]) -> None:
    for element in elements:
        handler.startElement(element.name, element.attributes)
        handler.characters(element.text)
        write(handler, element.inside)
        handler.endElement(element.name)
