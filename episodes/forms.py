"""The editor's form of an episode: what cannot be right is said where it stands."""

from itertools import pairwise
from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from episodes import readiness

GOES_LIVE = {"action-publish", "action-submit", "action-restart-workflow"}
STILL_OPEN = "Still open: {}. Put it right, or write here why it is published all the same."


class EpisodeForm(WagtailAdminPageForm):
    points: list[readiness.Point] | None = None
    data: Any

    publish_reason = forms.CharField(
        required=False,
        max_length=300,
        label="Why it is published all the same",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One sentence. It is kept with your name in the history of the page.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation:  # a draft may still be wrong
            self.check_number(cleaned.get("number"))
            self.check_chapters(cleaned)
        if GOES_LIVE & set(self.data):
            self.check_readiness(cleaned)
        return cleaned

    def check_readiness(self, cleaned: dict[str, Any]) -> None:
        self.points = readiness.points(self.facts(cleaned))
        missing = readiness.open_points(self.points)
        if missing and not cleaned.get("publish_reason"):
            names = ", ".join(point.title.lower() for point in missing)
            self.add_error("publish_reason", STILL_OPEN.format(names))

    def facts(self, cleaned: dict[str, Any]) -> readiness.Facts:
        targets = self.chosen("links_out", "target")
        return readiness.Facts(
            summary=cleaned.get("summary") or "",
            licence=cleaned.get("licence") or "",
            recording=cleaned.get("recording"),
            chapters=len(cleaned.get("chapters") or []),
            linked=[*targets, *readiness.linking_to(self.instance)],
            people=len(self.chosen("page_people", "person")),
            topics=len(self.chosen("page_topics", "topic")),
        )

    def chosen(self, formset: str, field: str) -> list[Any]:
        """What the rows of an inline panel name, but for those that are taken away."""
        rows = self.formsets.get(formset)
        if rows is None or not rows.is_valid():
            return []
        kept = [form for form in rows.forms if form not in rows.deleted_forms]
        return [form.cleaned_data[field] for form in kept if form.cleaned_data.get(field)]

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
