"""The forms of a recording's files, which know whose uploads they take."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from media.uploads import services
from media.uploads.fields import Arrived


class RenditionForm(WagtailAdminModelForm):
    data: Any
    files: Any

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

    def keep_file(self) -> None:
        """A film that came in one piece would be lost with a page that is shown again."""
        file = getattr(self, "cleaned_data", {}).get("file")
        if not isinstance(file, UploadedFile) or "file" in self.errors:
            return
        name = self.add_prefix("file")
        self.data, self.files = self.data.copy(), self.files.copy()
        self.data[f"{name}-upload"] = services.keep_whole(user=self.for_user, file=file).token
        del self.files[name]

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

    def keep_files(self) -> None:
        for form in self.forms:
            if form not in self.deleted_forms:
                form.keep_file()

    @property
    def has_files(self) -> bool:
        """Whether a file is kept, just chosen, or chosen and refused for a reason of its own."""
        return any(form.has_file for form in self.forms if form not in self.deleted_forms)
