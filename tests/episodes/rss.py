"""The rules of RSS 2.0, iTunes and Podcasting 2.0 for a feed, written down from the specifications.

https://www.rssboard.org/rss-specification, https://podcasters.apple.com/support/823-podcast-requirements,
https://podcasting2.org/docs/podcast-namespace
"""

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

ATOM = "{http://www.w3.org/2005/Atom}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ONCE = {"title", "link", "description", "guid", "pubDate", "enclosure"}
CHANNEL = {"title", "link", "description", "language", "lastBuildDate", "category", "item"}
ITEM = {"title", "link", "description", "guid", "pubDate", "enclosure", "category"}
TRANSCRIPTS = {"text/vtt", "application/x-subrip", "text/html", "application/json", "text/plain"}
WHOLE = re.compile(r"[1-9]\d*")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def problems(content: bytes) -> list[str]:
    """Every rule that the feed breaks; a feed that is no XML raises ParseError."""
    rss = ElementTree.fromstring(content)
    channels = rss.findall("channel")
    if rss.tag != "rss" or rss.get("version") != "2.0" or len(channels) != 1:
        return ["an rss of version 2.0 with one channel is wanted"]
    items = channels[0].findall("item")
    found = [*of_channel(channels[0]), *(word for item in items for word in of_item(item))]
    guids = [item.findtext("guid") for item in items]
    return [*found, *(["two items have one guid"] if len(set(guids)) != len(guids) else [])]


def of_channel(channel: Element) -> Iterator[str]:
    yield from of_names(channel, CHANNEL)
    for name in ("title", "link", "description"):
        if not (channel.findtext(name) or "").strip():
            yield f"the channel has no {name}"
    if not is_address(channel.findtext("link")):
        yield "the channel's link is no whole address"
    selves = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if len(selves) != 1 or not is_address(selves[0].get("href")):
        yield "the channel does not say once where it is itself"
    if not is_date(channel.findtext("lastBuildDate")):
        yield "lastBuildDate is no date of RFC 822"
    if not is_address(channel.find(f"{ITUNES}image").get("href")):  # type: ignore[union-attr]  # required
        yield "itunes:image has no address"
    if channel.find(f"{ITUNES}category") is None:
        yield "itunes:category is wanted"
    if channel.findtext(f"{ITUNES}explicit") not in ("true", "false"):
        yield "itunes:explicit is true or false"
    if channel.findtext(f"{ITUNES}type") not in ("episodic", "serial"):
        yield "itunes:type is episodic or serial"
    if not UUID.fullmatch(channel.findtext(f"{PODCAST}guid") or ""):
        yield "podcast:guid is no UUID"
    if channel.findtext(f"{PODCAST}locked") not in ("yes", "no"):
        yield "podcast:locked is yes or no"


def of_item(item: Element) -> Iterator[str]:
    yield from of_names(item, ITEM)
    if not (item.findtext("title") or item.findtext("description")):
        yield "an item has neither title nor description"
    if not is_address(item.findtext("link")):
        yield "an item's link is no whole address"
    if not is_date(item.findtext("pubDate")):
        yield "pubDate is no date of RFC 822"
    guid = item.find("guid")
    if guid is None or guid.get("isPermaLink") not in ("true", "false") or not guid.text:
        yield "an item has no guid"
    for enclosure in item.findall("enclosure"):
        yield from of_file(enclosure, "url", "enclosure")
    for name in (f"{ITUNES}episode", f"{ITUNES}season", f"{ITUNES}duration"):
        text = item.findtext(name)
        if text is not None and not WHOLE.fullmatch(text):
            yield f"{name} is no whole number above 0"
    yield from of_twins(item)


def of_twins(item: Element) -> Iterator[str]:
    for transcript in item.findall(f"{PODCAST}transcript"):
        if not is_address(transcript.get("url")) or transcript.get("type") not in TRANSCRIPTS:
            yield "podcast:transcript needs url and type"
        if transcript.get("rel") not in (None, "captions"):
            yield "podcast:transcript has a rel of its own"
    for chapters in item.findall(f"{PODCAST}chapters"):
        if (
            not is_address(chapters.get("url"))
            or chapters.get("type") != "application/json+chapters"
        ):
            yield "podcast:chapters needs url and type"
    for person in item.findall(f"{PODCAST}person"):
        if not (person.text or "").strip() or len(person.text or "") > 128:
            yield "podcast:person needs a name of at most 128 letters"
        if not is_address(person.get("href")):
            yield "podcast:person has no address"
    yield from of_others(item)


def of_others(item: Element) -> Iterator[str]:
    for other in item.findall(f"{PODCAST}alternateEnclosure"):
        sources = other.findall(f"{PODCAST}source")
        if not sources or not all(is_address(source.get("uri")) for source in sources):
            yield "podcast:alternateEnclosure has no source"
        if not is_media(other.get("type")):
            yield "podcast:alternateEnclosure has no type"
    for season in item.findall(f"{PODCAST}season"):
        if not WHOLE.fullmatch(season.text or "") or len(season.get("name", "")) > 128:
            yield "podcast:season is a whole number with a short name"


def of_names(parent: Element, known: set[str]) -> Iterator[str]:
    names = [child.tag for child in parent]
    for name in set(names):
        if not name.startswith("{") and name not in known:
            yield f"{name} is no element of RSS here"
        if name in ONCE and names.count(name) > 1:
            yield f"{name} stands more than once"


def of_file(element: Element, address: str, name: str) -> Iterator[str]:
    if not is_address(element.get(address)):
        yield f"{name} has no whole address"
    if not re.fullmatch(r"\d+", element.get("length", "")):
        yield f"{name} has no length in bytes"
    if not is_media(element.get("type")):
        yield f"{name} has no type"


def is_media(text: str | None) -> bool:
    return bool(re.fullmatch(r"(audio|video)/[\w.+-]+", text or ""))


def is_address(text: str | None) -> bool:
    parts = urlsplit(text or "")
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def is_date(text: str | None) -> bool:
    try:
        return bool(parsedate_to_datetime(text or ""))
    except ValueError:
        return False
