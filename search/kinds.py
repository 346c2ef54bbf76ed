"""The kinds of things that are found: names and icons, as the page types declare them."""

from functools import lru_cache
from typing import NamedTuple

from wagtail.models import get_page_models

MOMENT = "moment"


class Kind(NamedTuple):
    slug: str
    name: str
    plural: str
    icon: str


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    """By slug, from `kind`, `kind_slug`, `icon` and, where irregular, `kind_plural` of a page."""
    found = {MOMENT: Kind(MOMENT, "Spoken moment", "Spoken moments", "sound")}
    for model in get_page_models():
        slug = getattr(model, "kind_slug", None)
        if slug:
            several = getattr(model, "kind_plural", "") or plural(model.kind)
            found.setdefault(slug, Kind(slug, model.kind, several, model.icon))
    return found


def kind(slug: str) -> Kind:
    """Rows may be of a kind that no page type has, such as a document's page."""
    name = slug.replace("-", " ").replace("_", " ").capitalize()
    return kinds().get(slug) or Kind(slug, name, plural(name), "file")


def plural(name: str) -> str:
    """
    >>> plural("Case study"), plural("Series"), plural("Episode")
    ('Case studies', 'Series', 'Episodes')
    """
    if name.endswith("s") or not name:
        return name
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return f"{name[:-1]}ies"
    return f"{name}s"
