"""What a page is tied to, visible pages only, in a fixed number of queries."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q
from wagtail.models import Page

if TYPE_CHECKING:
    from core.models import PersonPage, TopicPage


@dataclass(frozen=True, slots=True)
class Relations:
    """`linked` holds specific pages, linked from here or to here, in the editor's order."""

    topics: list["TopicPage"]
    people: list["PersonPage"]
    linked: list[Any]

    def of_kind(self, kind_slug: str) -> list[Any]:
        return [page for page in self.linked if page.kind_slug == kind_slug]


def relations_of(page: Page) -> Relations:
    """Topics and people in one query each, linked pages in one and one more a page type."""
    topic, person = apps.get_model("core.TopicPage"), apps.get_model("core.PersonPage")
    linked = (
        Page.objects.live()
        .public()
        .filter(Q(links_in__page=page.pk) | Q(links_out__target=page.pk))
        .order_by("links_in__sort_order", "pk")
    )
    unique = {item.pk: item for item in linked.specific()}
    return Relations(
        topics=list(tied(topic, "core.PageTopic", "topic_id", page)),
        people=list(tied(person, "core.PagePerson", "person_id", page)),
        linked=[item for item in unique.values() if hasattr(item, "kind_slug")],
    )


def tied(model: Any, through: str, column: str, page: Page) -> Any:
    rows = apps.get_model(through).objects.filter(page_id=page.pk)
    order = list(rows.order_by("sort_order").values_list(column, flat=True))
    found = model.objects.visible().in_bulk(order)
    return [found[pk] for pk in order if pk in found]
