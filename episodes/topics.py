"""The visible topics of many pages at once, in one query."""

from collections.abc import Iterable

from core.models import PageTopic, TopicPage


def topic_pairs(page_ids: Iterable[int] | None = None) -> dict[int, list[tuple[str, str]]]:
    """By page, pairs of slug and title in the editor's order; of all pages if none are given."""
    rows = PageTopic.objects.filter(topic__in=TopicPage.objects.visible())
    if page_ids is not None:
        rows = rows.filter(page_id__in=list(page_ids))
    found: dict[int, list[tuple[str, str]]] = {}
    for page_id, slug, title in rows.order_by("sort_order", "pk").values_list(
        "page_id", "topic__slug", "topic__title"
    ):
        found.setdefault(page_id, []).append((slug, title))
    return found


def topic_titles(page_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    return {pk: tuple(title for _, title in pairs) for pk, pairs in topic_pairs(page_ids).items()}
