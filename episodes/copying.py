"""Copies of talks: a copy starts as a draft, and an alias stands where its original may."""

from typing import Any

from wagtail.admin.forms.pages import CopyForm

from episodes.gate import uncovered

COPIES = "A copy of a talk starts as a draft: leave this out, and publish the copy on its own page."
ALIAS = "An alias is published at once, but points are open on {}. Open it first."


class TalkCopyForm(CopyForm):
    """For a talk, and for every page that has talks below it."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        below = cleaned.get("copy_subpages", False)
        if cleaned.get("alias"):
            stopped = [talk.title for talk in self.live_talks(below=below) if uncovered(talk)]
            if stopped:
                self.add_error("alias", ALIAS.format(", ".join(f"“{each}”" for each in stopped)))
        elif cleaned.get("publish_copies") and self.live_talks(below=below):
            self.add_error("publish_copies", COPIES)
        return cleaned

    def live_talks(self, *, below: bool) -> list[Any]:
        from episodes.models import EpisodePage  # this form is part of the model

        found = EpisodePage.objects.live().descendant_of(self.page, inclusive=True)
        return list(found if below else found.filter(pk=self.page.pk))
