"""What an episode hands to search: its page, and every spoken moment."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from search.passages import passages
from search.rows import Row

if TYPE_CHECKING:
    from episodes.talk import HasTalk


def rows_of(episode: "HasTalk", page_rows: Sequence[Row]) -> list[Row]:
    """The row of the page, then a row a passage that opens the talk at its second."""
    if not page_rows:
        return []
    facets = {**page_rows[0].facets}
    if episode.series is not None:
        facets["series"] = (episode.series.title,)
    page = replace(
        page_rows[0],
        code=episode.code,
        body="\n".join([page_rows[0].body, *points(episode)]).strip(),
        facets=facets,
        date=episode.published_on,
    )
    return [page, *moments(episode, page)]


def points(episode: "HasTalk") -> list[str]:
    blocks = [*episode.takeaways, *episode.prompts]
    return [episode.lead, *(title for _, title in episode.chapter_starts), *map(text, blocks)]


def text(block: object) -> str:
    return str(getattr(block, "value", ""))


def moments(episode: "HasTalk", page: Row) -> list[Row]:
    cues = [(cue.start_ms, cue.end_ms, cue.speaker, cue.text) for cue in episode.cues]
    return [
        replace(
            page,
            key=f"moment:{page.page_id}:{passage.start_ms}",
            kind="moment",
            url=f"{page.url}?t={passage.start_ms // 1000}",
            body=passage.text,
            speaker=passage.speaker,
            start_ms=passage.start_ms,
            end_ms=passage.end_ms,
            marks=passage.marks,
            lead=passage.lead,
        )
        for passage in passages(cues)
    ]
