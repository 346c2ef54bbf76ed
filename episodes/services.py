"""What happens to episodes when their recordings change, and who may see a recording."""

from datetime import timedelta
from typing import Any

from episodes.models import EpisodePage
from media.access import Use
from search.services import reindex_pages

WORDS_SETTLE = timedelta(seconds=30)  # whoever corrects words saves some every second or two


def public_page_with(recording_id: int) -> Use | None:
    """A live and public episode that shows the recording."""
    page = EpisodePage.objects.visible().filter(recording_id=recording_id).first()
    return Use(title=page.title, url=page.url) if page else None


def reindex_episodes(sender: Any, recording_id: int, **kwargs: Any) -> None:
    """Words changed, so what is found changes: the worker indexes every episode that uses them,
    once in a while as long as somebody types."""
    episodes = EpisodePage.objects.filter(recording_id=recording_id)
    reindex_pages(episodes.values_list("pk", flat=True), within=WORDS_SETTLE)
