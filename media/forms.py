"""The editor's form of a recording: the files, and what is said in them."""

from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm

from media.provider.part import ProviderPart
from media.words_form import WordsPart


class RecordingForm(WagtailAdminModelForm, WordsPart, ProviderPart):
    """`words` shows the transcript as WebVTT: it can be mended there, line by line."""

    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.start_words()
        if self.for_user is not None and "collection" in self.fields:
            self.offer_own_collections()
        if self.is_bound and not self.instance.pk and "title" in self.fields:
            self.fields["title"].required = False

    def offer_own_collections(self) -> None:
        """Where this person may add recordings, and where this one lies already."""
        from media.access import policy

        field: Any = self.fields["collection"]
        own = policy.collections_user_has_permission_for(self.for_user, "add")
        field.queryset = own | field.queryset.filter(pk=self.instance.collection_id)

    def is_valid(self) -> bool:
        """A slip anywhere loses no file that was chosen: browsers do not send it again."""
        valid: bool = super().is_valid()
        if self.is_bound and not valid:
            self.keep_what_was_chosen()
        return valid

    def keep_what_was_chosen(self) -> None:
        """Films are kept as uploads; captions that could be read stand in the box already."""
        if files := self.formsets.get("renditions"):
            files.keep_files()
        if self.was_refused:
            self.was_refused = False
            self.add_error("captions", self.told.pop())

    def clean_title(self) -> str:
        """A film that was sent is not lost for want of a title."""
        title: str = self.cleaned_data["title"]
        if title.strip():
            return title
        sent = [
            str(getattr(f, "name", "")) for key, f in self.files.items() if key.endswith("-file")
        ]
        named = PurePosixPath(sent[0]).stem if sent else ""
        if not named:
            raise ValidationError("Give the recording a title.", code="required")
        self.told.append(
            f"The recording had no title, so it bears the name of its file, “{named}”."
        )
        return named[:255]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.clean_words_part(cleaned)
        if not cleaned.get("embed_url") and "embed_url" not in self.errors:
            self.ask_for_a_source()
        return cleaned

    def ask_for_a_source(self) -> None:
        files = self.formsets.get("renditions")
        if files is not None and files.is_valid() and not files.has_files:
            self.add_error("embed_url", "Add a file above, or give the address of the talk here.")

    def save(self, commit: bool = True) -> Any:
        from media import tasks

        recording = super().save(commit=commit)
        if commit:
            self.save_words(recording)
            tasks.inspect_later(recording)
        return recording
