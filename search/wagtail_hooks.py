"""For editors: words that mean the same, and what readers ask."""

from typing import Any

from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from search.models import AskedQuestion, Synonyms


class ReadOnly(ModelPermissionPolicy):
    """Questions are counted, never written or mended by hand."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, "view")

    def user_has_any_permission(self, user: Any, actions: list[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


register_permission_policy(AskedQuestion, ReadOnly(AskedQuestion), exact_class=True)


class SynonymsViewSet(SnippetViewSet):
    model = Synonyms
    icon = "copy"
    menu_label = "Words that mean the same"
    list_display = ["words"]
    search_fields = ["words"]


class AskedQuestionViewSet(SnippetViewSet):
    model = AskedQuestion
    icon = "help"
    menu_label = "What readers ask"
    list_display = [
        Column("text", label="Question", sort_key="text"),
        Column("asked", label="Times asked", sort_key="asked"),
        Column("found", label="Places found", sort_key="found"),
        Column("day", label="Day", sort_key="day"),
    ]
    list_filter = {"found": ["exact", "lte"], "day": ["gte"]}
    search_fields = ["text"]
    list_per_page = 50


@register_snippet
class SearchViewSetGroup(SnippetViewSetGroup):
    menu_label = "Search"
    menu_icon = "search"
    menu_order = 600
    items = (SynonymsViewSet, AskedQuestionViewSet)
