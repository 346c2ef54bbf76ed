"""The editor's form of a recording: the files, and what is said in them."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

from media.words_form import WordsPart


class RecordingForm(WagtailAdminModelForm, WordsPart):
    """`words` shows the transcript as WebVTT: it can be mended there, line by line."""

    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.start_words()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.clean_words_part(cleaned)
        return cleaned

    def save(self, commit: bool = True) -> Any:
        from media import tasks

        recording = super().save(commit=commit)
        if commit:
            self.save_words(recording)
            tasks.inspect_later(recording)
        return recording
