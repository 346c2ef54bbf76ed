"""The forms of a recording's files, which know whose uploads they take."""

from typing import Any

from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from media.uploads.fields import Arrived


class RenditionForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].for_user(self.for_user)

    def has_changed(self) -> bool:
        """The place of a row that was left blank is nothing that anybody typed."""
        ignored = set() if self.instance.pk else {"ORDER"}
        return bool(set(self.changed_data) - ignored)

    def full_clean(self) -> None:
        """A row left blank has a place all the same, where Wagtail shows the form again."""
        super().full_clean()
        if hasattr(self, "cleaned_data"):
            self.cleaned_data.setdefault("ORDER", None)

    @property
    def has_file(self) -> bool:
        """Whether it stands for a file: one that is kept, one just chosen, or one refused."""
        return bool(self.instance.pk) or self.has_changed()


class RenditionFormSet(BaseChildFormSet):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and not self.instance.pk:
            self.extra = 1  # a new recording begins with a row, which may stay blank

    def clean(self) -> None:
        """One upload becomes one file."""
        super().clean()
        seen: set[int] = set()
        for form in self.forms:
            file = form.cleaned_data.get("file") if form.is_valid() else None
            if not isinstance(file, Arrived):
                continue
            if file.upload.pk in seen:
                form.add_error("file", "This is the same upload as above. Choose another file.")
            seen.add(file.upload.pk)

    @property
    def has_files(self) -> bool:
        """Whether a file is kept, just chosen, or chosen and refused for a reason of its own."""
        return any(form.has_file for form in self.forms if form not in self.deleted_forms)
