"""The panel that Wagtail puts on its first page."""

from collections.abc import Callable
from typing import Any

from wagtail.admin.ui.components import Component

from home.desk.actions import begin
from home.desk.office import failed_mails, new_enquiries, next_cohorts, not_found
from home.desk.pages import (
    drafts,
    failed_recordings,
    held_back,
    reviews,
    soon_live,
    unchecked_talks,
)
from home.desk.rows import DeskList

LISTS: tuple[Callable[[Any], DeskList | None], ...] = (
    reviews,
    held_back,
    failed_recordings,
    failed_mails,
    new_enquiries,
    drafts,
    soon_live,
    unchecked_talks,
    next_cohorts,
    not_found,
)


def lists_for(user: Any) -> list[DeskList]:
    found = (make(user) for make in LISTS)
    return [each for each in found if each and each.is_shown]


class Desk(Component):
    name = "desk"
    order = 100
    template_name = "office/desk.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        user = parent_context["request"].user
        return {"begin": begin(user), "lists": lists_for(user)}
