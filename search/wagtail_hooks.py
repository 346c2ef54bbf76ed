"""For editors: words that mean the same, and what readers ask."""

from typing import Any

import django_filters
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from search.models import AskedQuestion, Synonyms

ANSWERS = [
    ("none", "No results"),
    ("partly", "Only places with some of the words"),
    ("found", "Results"),
]
ANSWERED: dict[str, dict[str, int]] = {
    "none": {"found": 0, "partly": 0},
    "partly": {"found": 0, "partly__gt": 0},
    "found": {"found__gt": 0},
}


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


class AskedQuestionFilters(WagtailFilterSet):
    """By what the reader saw: nothing, places with some of the words, or places."""

    answer = django_filters.ChoiceFilter(
        label="What readers saw", choices=ANSWERS, method="by_answer", empty_label="All"
    )

    class Meta:
        model = AskedQuestion
        fields = {"day": ["gte"]}

    def by_answer(self, questions: Any, name: str, value: str) -> Any:
        return questions.filter(**ANSWERED[value])


class AskedQuestionViewSet(SnippetViewSet):
    model = AskedQuestion
    icon = "help"
    menu_label = "What readers ask"
    list_display = [
        Column("text", label="Question", sort_key="text"),
        Column("asked", label="Times asked", sort_key="asked"),
        Column("found", label="Places found", sort_key="found"),
        Column("partly", label="With some of the words", sort_key="partly"),
        Column("day", label="Day", sort_key="day"),
    ]
    filterset_class = AskedQuestionFilters
    search_fields = ["text"]
    list_per_page = 50


@register_snippet
class SearchViewSetGroup(SnippetViewSetGroup):
    menu_label = "Readers’ search"
    menu_icon = "search"
    menu_order = 600
    items = (SynonymsViewSet, AskedQuestionViewSet)
