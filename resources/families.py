"""Resources as families: the original, and what each school made of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import DateTimeField, IntegerField, QuerySet
from django.db.models.functions import Coalesce
from django.utils.timezone import now

from core.prepared import Prepared, one_of
from resources.models import ResourcePage


@dataclass(frozen=True, slots=True)
class Version:
    """One of a family: what it is, where it was made, where to take it."""

    label: str
    place: str
    url: str


@dataclass(frozen=True, slots=True)
class Card:
    """A resource as lists show it: the original first, its adaptations below."""

    title: str
    url: str
    page_url: str
    facts: tuple[str, ...]
    summary: str
    sample: bool
    is_link: bool
    versions: tuple[Version, ...]


def cards(page_ids: Iterable[int]) -> list[Card]:
    """One card a family that any of the pages belongs to, in the order given; one query."""
    wanted = list(page_ids)
    if not wanted:
        return []
    members = families_of(len(wanted))(now(), *wanted)
    families: dict[int, list[ResourcePage]] = {}
    for page in members:
        families.setdefault(page.root, []).append(page)
    place = {pk: at for at, pk in enumerate(wanted)}
    first = {
        root: min((place.get(page.pk, len(wanted)) for page in pages), default=0)
        for root, pages in families.items()
    }
    return [card(families[root]) for root in sorted(families, key=lambda root: first[root])]


@lru_cache(maxsize=32)
def families_of(count: int) -> Prepared:
    """All visible pages of the families of so many pages."""

    def members(now: Any, *pages: Any) -> QuerySet:
        known = ResourcePage.objects.filter(one_of(pages)).order_by()
        roots = known.annotate(root=Coalesce("original_id", "pk")).values("root")
        visible = ResourcePage.objects.visible(now).annotate(root=Coalesce("original_id", "pk"))
        return visible.filter(root__in=roots).order_by("path")

    return Prepared(members, DateTimeField(), *[IntegerField()] * count)


def card(family: Sequence[ResourcePage]) -> Card:
    head = next((page for page in family if page.original_id is None), family[0])
    ordered = [head, *(page for page in family if page is not head)]
    return Card(
        title=head.title,
        url=head.url_to_take,
        page_url=head.url,
        facts=head.facts(),
        summary=head.summary,
        sample=head.is_sample,
        is_link=head.document is None,
        versions=tuple(
            Version(page.origin, lowered(page.place), page.url_to_take) for page in ordered
        )
        if len(ordered) > 1
        else (),
    )


def lowered(place: str) -> str:
    """A place in the middle of a line: secondary, Leeds."""
    return place[:1].lower() + place[1:]
