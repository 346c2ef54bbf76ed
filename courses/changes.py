"""What has changed in the dates of a cohort since people were told, in words. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from courses.when import day_words, times_words


class What(StrEnum):
    MOVED = "moved"
    ADDED = "added"
    CANCELLED = "cancelled"
    TITLE = "title"
    LINK = "link"


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A session as people know it from their mails and calendars."""

    starts_at: datetime
    ends_at: datetime
    title: str
    link: str
    takes_place: bool

    @property
    def words(self) -> str:
        return f"{day_words(self.starts_at)}, {times_words(self.starts_at, self.ends_at)}"


@dataclass(frozen=True, slots=True)
class Change:
    """`words` are whole sentences; `session` is the key of its row."""

    what: What
    session: int
    starts_at: datetime
    words: str


def changes(
    before: Mapping[int, Known], after: Sequence[tuple[int, Known]], *, now: datetime
) -> list[Change]:
    """Of sessions in order; what was over before the change and is over after it concerns nobody.

    A session that moves is only said to move: its new line stands in the list below.
    """
    found = []
    for number, (session, new) in enumerate(after, start=1):
        old = before.get(session)
        ends = max(new.ends_at, old.ends_at) if old else new.ends_at
        what = change_of(old, new) if ends > now else None
        if what:
            words = sentence(what, number, old or new, new)
            found.append(Change(what, session, new.starts_at, words))
    return found


def change_of(old: Known | None, new: Known) -> What | None:
    if not new.takes_place:
        return What.CANCELLED if old and old.takes_place else None
    if old is None:
        return What.ADDED
    if (old.starts_at, old.ends_at) != (new.starts_at, new.ends_at):
        return What.MOVED
    if old.link != new.link:
        return What.LINK
    return What.TITLE if old.title != new.title else None


def sentence(what: What, number: int, old: Known, new: Known) -> str:
    match what:
        case What.MOVED:
            return (
                f"Session {number} has moved. It was on {old.words};"
                f" it is now on {new.words}, London time."
            )
        case What.ADDED:
            return f"Session {number} is new: {new.words}, London time."
        case What.CANCELLED:
            return f"Session {number}, on {new.words}, will not take place."
        case What.LINK:
            return f"Session {number}, on {new.words}, has a new joining link."
        case What.TITLE:
            about = new.title or "no longer about one part of the programme"
            return f"Session {number}, on {new.words}, is now: {about}."
