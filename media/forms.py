"""The editor's form of a recording: the files, and one field for its words."""

from typing import TYPE_CHECKING, Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from media import writers
from media.cues import Reading, SpokenCue
from media.reading import read_text, same_words
from media.reading.textfiles import decode

if TYPE_CHECKING:
    from media.models import Transcript

MAX_BYTES = 5_000_000
SHOWN = 20


class RecordingForm(WagtailAdminModelForm):
    """`words` shows the transcript as WebVTT: it can be mended there, line by line, and a file
    that cannot be read lands there too, so that nothing has to be chosen again."""

    data: Any

    captions = forms.FileField(
        required=False,
        label="Captions or transcript (VTT or SRT)",
        help_text="Replaces the words below. Leave empty to keep them.",
    )
    words = forms.CharField(
        required=False,
        label="Words and their times",
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "true"}),
        help_text="Correct a word here and save. A name in <v Name> says who speaks.",
    )
    checked = forms.BooleanField(
        required=False,
        label="The words have been checked",
        help_text="Tick when somebody has read them against the sound. Readers are told.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading: Reading | None = None
        transcript = self.current_transcript()
        if transcript is not None:
            self.initial["words"] = writers.webvtt(transcript.cues.all())
            self.initial["checked"] = transcript.is_checked

    def current_transcript(self) -> "Transcript | None":
        if not self.instance.pk:
            return None
        found: Transcript | None = self.instance.transcripts.filter(language="en").first()
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        upload, words = cleaned.get("captions"), cleaned.get("words", "")
        if upload:
            self.read_upload(upload)
        elif words.strip() != self.initial.get("words", "").strip():
            self.read_words("words", words)
        if cleaned.get("checked") and not self.has_words():
            self.add_error("checked", "There are no words yet that could have been checked.")
        return cleaned

    def read_upload(self, upload: Any) -> None:
        if upload.size > MAX_BYTES:
            self.add_error("captions", "This is too big to be a transcript (5 MB at most).")
            return
        text = decode(upload.read())
        self.read_words("captions", text)
        if "captions" in self.errors:
            self.data = self.data.copy()
            self.data[self.add_prefix("words")] = text

    def read_words(self, field: str, text: str) -> None:
        if not text.strip():
            self.add_error(field, "The words of a talk cannot be taken away, only replaced.")
            return
        reading = read_text(text)
        for problem in reading.errors[:SHOWN]:
            self.add_error(field, str(problem))
        more = len(reading.errors) - SHOWN
        if more > 0:
            self.add_error(field, f"and {more} more.")
        if not reading.errors:
            self.reading = reading

    def has_words(self) -> bool:
        return bool(self.reading) or bool(self.initial.get("words"))

    def save(self, commit: bool = True) -> Any:
        recording = super().save(commit=commit)
        if commit:
            self.save_words(recording)
        return recording

    def save_words(self, recording: Any) -> None:
        from media import services, tasks

        if self.reading is not None and not self.says_the_same(self.reading):
            services.import_transcript(
                recording=recording, reading=self.reading, user=self.for_user
            )
        transcript = self.current_transcript()
        if transcript is not None and self.cleaned_data["checked"] != transcript.is_checked:
            if self.cleaned_data["checked"]:
                services.mark_checked(transcript=transcript, user=self.for_user)
            else:
                services.mark_unchecked(transcript=transcript)
        tasks.inspect_later(recording)

    def says_the_same(self, reading: Reading) -> bool:
        transcript = self.current_transcript()
        now = transcript.cues.all() if transcript else ()
        before = [
            SpokenCue(start_ms=c.start_ms, end_ms=c.end_ms, speaker=c.speaker, text=c.text)
            for c in now
        ]
        return len(before) == len(reading.cues) and all(map(same_words, before, reading.cues))
