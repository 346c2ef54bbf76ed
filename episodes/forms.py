"""The editor's form of an episode: what cannot be right is said where it stands."""

import json
from itertools import pairwise
from typing import Any

from django import forms
from django.db.models import Max
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from episodes import gate, readiness

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk and not self.instance.number:
            self.initial["number"] = self.next_number()

    def next_number(self) -> int | None:
        """The track after the last one of the series, which is mostly the one that is meant."""
        from episodes.models import EpisodePage  # this form is part of the model

        if not self.is_in_series:
            return None
        tracks = EpisodePage.objects.child_of(self.parent_page)
        last: int | None = tracks.aggregate(last=Max("number"))["last"]
        return (last or 0) + 1

    @property
    def is_in_series(self) -> bool:
        from episodes.models import SeriesPage  # this form is part of the model

        parent: Page | None = self.parent_page
        return parent is not None and parent.specific_class is SeriesPage

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation:  # a draft may still be wrong
            self.check_number(cleaned.get("number"))
            self.check_chapters(cleaned)
        if GOES_LIVE & set(self.data) or self.approves_for_good:
            self.check_readiness(cleaned)
        return cleaned

    @property
    def approves_for_good(self) -> bool:
        """Whether this is the last yes of a review: then the page is published."""
        action = "action-workflow-action" in self.data and self.data.get("workflow-action-name")
        state = self.instance.current_workflow_state if action == "approve" else None
        return state is not None and bool(state.is_at_final_task)

    def check_readiness(self, cleaned: dict[str, Any]) -> None:
        """A review that has a reason already asks for none again, but for what opened since."""
        self.points = readiness.points(self.facts(cleaned))
        covered = self.instance.override.get("open", []) if self.approves_for_good else []
        reason = cleaned.get("publish_reason", "")
        missing = [
            point.title.lower()
            for point in readiness.open_points(self.points)
            if point.title not in covered
        ]
        if missing and not reason:
            self.offer_the_comment()
            self.add_error("publish_reason", STILL_OPEN.format(", ".join(missing)))
        elif reason or not self.approves_for_good:
            self.instance.override = gate.reason_given(self.points, reason, self.for_user)

    def offer_the_comment(self) -> None:
        """Wagtail does not keep what was written in the window of an approval: we do."""
        try:
            extra = json.loads(self.data.get("workflow-action-extra-data") or "{}")
            comment = str(extra.get("comment", ""))
        except (ValueError, AttributeError):
            return
        if comment:
            self.data = self.data.copy()
            self.data["publish_reason"] = comment

    def save(self, commit: bool = True) -> Any:
        self.sign_consents()
        return super().save(commit)

    def sign_consents(self) -> None:
        """Who notes a consent need not write the own name."""
        rows = self.formsets.get("consents")
        for form in rows.forms if rows is not None else []:
            if not form.instance.recorded_by and self.for_user:
                form.instance.recorded_by = name_of(self.for_user)[:120]

    def facts(self, cleaned: dict[str, Any]) -> readiness.Facts:
        targets = self.chosen("links_out", "target")
        return readiness.Facts(
            summary=cleaned.get("summary") or "",
            licence=cleaned.get("licence") or "",
            recording=cleaned.get("recording"),
            chapters=len(cleaned.get("chapters") or []),
            linked=[*targets, *readiness.linking_to(self.instance)],
            people=self.chosen("page_people", "person"),
            agreed={page.pk for page in self.chosen("consents", "speaker")},
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
        from episodes.models import EpisodePage  # this form is part of the model

        if not self.is_in_series:
            return
        if number is None:
            self.add_error("number", "An episode of a series needs its place in it.")
            return
        others = EpisodePage.objects.child_of(self.parent_page).filter(number=number)
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


def name_of(user: Any) -> str:
    return str(user.get_full_name() or user.get_username())
