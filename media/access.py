"""Who may see a recording: everybody while a public page uses it, otherwise those who edit it.

This app knows no pages. Apps that put recordings on pages register how to find such a page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wagtail.permission_policies.collections import CollectionPermissionPolicy

from media.models import Recording


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """A live and public page that shows a recording."""

    title: str
    url: str


FindUse = Callable[[int], Use | None]
_finders: list[FindUse] = []
policy = CollectionPermissionPolicy(Recording)


def register_use(find: FindUse) -> FindUse:
    """Register a function that returns a live and public page using the recording, or None."""
    if find not in _finders:
        _finders.append(find)
    return find


def unregister_use(find: FindUse) -> None:
    _finders.remove(find)


def public_use(recording_id: int) -> Use | None:
    return next((use for find in _finders if (use := find(recording_id))), None)


def may_edit(user: Any, recording: Recording) -> bool:
    return bool(policy.user_has_permission_for_instance(user, "change", recording))
