"""Which series an episode is in follows the tree, wherever the page is moved."""

from typing import Any

from wagtail.models import Page

from episodes.models import EpisodePage, SeriesPage


def follow_the_tree(instance: Page, **kwargs: Any) -> None:
    """After a move, every episode of the branch names the series above it."""
    for episode in EpisodePage.objects.descendant_of(instance, inclusive=True):
        above = SeriesPage.objects.filter(path=episode.path[: -episode.steplen]).first()
        EpisodePage.objects.filter(pk=episode.pk).update(series=above)
