"""Where the editor hangs in Wagtail's admin; `media.wagtail_hooks` registers these."""

from collections.abc import Iterator
from typing import Any

from django.urls import include, path, reverse
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets import ListingButton
from wagtail.snippets.views.snippets import SnippetViewSet

from media.access import policy
from media.models import GlossaryTerm, Recording


class GlossaryViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_label = "Glossary"
    menu_order = 255
    add_to_admin_menu = True
    list_display = ["term", "heard_as"]
    search_fields = ["term", "heard_as"]
    ordering = ["term"]
    list_per_page = 100
    panels = [FieldPanel("term"), FieldPanel("heard_as")]


def editor_urls() -> Any:
    return [path("correct/", include("media.editor.urls"))]


def correct_the_words(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Any]:
    if not isinstance(snippet, Recording) or snippet.transcript is None:
        return
    if snippet.collection_id in may_change(user):
        address = reverse("editor:lines", args=[snippet.transcript.pk])
        yield ListingButton("Correct the words", url=address, icon_name="openquote", priority=5)


def may_change(user: Any) -> set[int]:
    """The collections whose recordings this person may change, asked for once a request."""
    known: set[int] | None = getattr(user, "_collections_of_words", None)
    if known is None:
        rows = policy.collections_user_has_permission_for(user, "change")
        known = set(rows.values_list("pk", flat=True))
        user._collections_of_words = known
    return known
