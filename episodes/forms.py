"""The editor's form of an episode: what cannot be right is said where it stands."""

from itertools import pairwise
from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page


class EpisodeForm(WagtailAdminPageForm):
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation:  # a draft may still be wrong
            self.check_number(cleaned.get("number"))
            self.check_chapters(cleaned)
        return cleaned

    def check_number(self, number: int | None) -> None:
        from episodes.models import EpisodePage, SeriesPage  # this form is part of the model

        parent: Page | None = self.parent_page
        if parent is None or parent.specific_class is not SeriesPage:
            return
        if number is None:
            self.add_error("number", "An episode of a series needs its place in it.")
            return
        others = EpisodePage.objects.child_of(parent).filter(number=number)
        same = others.exclude(pk=self.instance.pk).first()
        if same is not None:
            self.add_error("number", f"“{same.title}” is track {number} already.")

    def check_chapters(self, cleaned: dict[str, Any]) -> None:
        starts = [block.value["start"] for block in cleaned.get("chapters") or []]
        if not all(isinstance(start, int) for start in starts):
            return
        if any(later <= earlier for earlier, later in pairwise(starts)):
            self.add_error("chapters", "Chapters stand in the order in which they begin.")
        recording = cleaned.get("recording")
        length = recording.duration_ms if recording else 0
        if length and starts and max(starts) >= length:
            self.add_error("chapters", "A chapter begins after the end of the recording.")
