"""The words of a recording in the editor's form.

A slip in the words never stands in the way of the rest: the recording and its files are saved, the
words wait in the box until they are mended, and the editor is told.
"""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.widgets import Script

from media import writers
from media.cues import Problem, Reading, spoken
from media.reading import Refused, read_text, same_words, text_of
from media.reading.lines import one_kind_of_line_end, shown
from media.reading.sources import MAX_BYTES

if TYPE_CHECKING:
    from media.models import Transcript, WordsDraft

NOTES_TOLD = 3
LEAVE, TAKE, ASIDE = "leave", "take", "aside"
EMPTY = (
    "The box of words was empty. The words of a talk cannot be taken away, only replaced, so they"
    " stay as they were."
)
UNCHECKED = "There are no words yet that could have been checked, so that tick was not kept."
WAITING = (
    "Everything else is saved, but the words could not be used as they are. Nothing is lost: they"
    " wait in the box below, and what is wrong with them stands above it."
)
STILL_WAITING = "The words of this recording still wait to be mended."
MEANWHILE = (
    "Somebody else changed the words while you worked on them. Yours wait in the box: read what"
    " the recording says now, then use yours or set them aside."
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """Words that came with the form, and where from; `source` is the name of a file."""

    text: str
    reading: Reading
    source: str = ""
    note: str = ""

    @property
    def can_be_read(self) -> bool:
        return bool(self.reading.cues) and not self.reading.errors

    @property
    def can_be_taken(self) -> bool:
        return self.can_be_read and not self.note


class WordsBox(forms.Textarea):
    """Words as WebVTT, with the numbers of their lines beside them."""

    class Media:
        js = (Script("js/words-box.js", type="module"),)
        css = {"all": ("css/words-box.css",)}


class WordsPart(forms.Form):
    """What the form of a recording has and does about words."""

    instance: Any
    for_user: Any
    data: Any

    captions = forms.FileField(
        required=False,
        allow_empty_file=True,
        label="Captions or transcript (VTT, SRT or DOCX)",
        help_text="Replaces the words below. Leave empty to keep them.",
    )
    words = forms.CharField(
        required=False,
        strip=False,
        label="Words and their times",
        widget=WordsBox(attrs={"rows": 18, "spellcheck": "true", "wrap": "off"}),
        help_text="Correct a word here and save. A name in <v Name> says who speaks.",
    )
    words_mark = forms.CharField(required=False, widget=forms.HiddenInput)
    waiting = forms.ChoiceField(
        required=False,
        label="What to do with the words that wait",
        widget=forms.RadioSelect,
        initial=LEAVE,
        choices=[
            (LEAVE, "Let them wait, unless I mended them in the box"),
            (TAKE, "Use them as they are in the box"),
            (ASIDE, "Set them aside; the recording keeps its words"),
        ],
    )
    checked = forms.BooleanField(
        required=False,
        label="The words have been checked",
        help_text="Tick when somebody has read them against the sound. Readers are told.",
    )

    def start_words(self) -> None:
        self.incoming: list[Incoming] = []
        self.told: list[str] = []
        self.was_refused = False
        transcript = self.current_transcript()
        self.draft = self.current_draft()
        self.now = writers.webvtt(transcript.cues.all()) if transcript else ""
        self.box = box = self.draft.text if self.draft else self.now
        self.initial = {
            **self.initial,
            "words": box,
            "words_mark": f"{mark(box)}-{mark(self.now)}",
            "checked": bool(transcript and transcript.is_checked),
        }

    def current_transcript(self) -> "Transcript | None":
        if not self.instance.pk:
            return None
        found: Transcript | None = self.instance.transcripts.filter(language="en").first()
        return found

    def current_draft(self) -> "WordsDraft | None":
        from media import services

        return services.waiting_draft(self.instance) if self.instance.pk else None

    def clean_words_part(self, cleaned: dict[str, Any]) -> None:
        """Find out what came; nothing of it makes the form invalid."""
        typed, upload = cleaned.get("words") or "", cleaned.get("captions")
        if self.is_typed(typed, cleaned.get("words_mark") or ""):
            self.take_typed(typed, cleaned)
        elif self.draft and cleaned.get("waiting") == TAKE:
            self.incoming.append(Incoming(typed, read_text(typed), self.draft.source))
        if upload:
            self.take_upload(upload, show=not self.incoming)

    def is_typed(self, typed: str, shown_mark: str) -> bool:
        before = shown_mark.partition("-")[0] or mark(self.box)
        return mark(typed) != before

    def take_typed(self, typed: str, cleaned: dict[str, Any]) -> None:
        if not typed.strip():
            if self.draft:
                cleaned["waiting"] = ASIDE
            elif self.now:
                self.told.append(EMPTY)
            return
        words_then = (cleaned.get("words_mark") or "").partition("-")[2]
        note = MEANWHILE if words_then and words_then != mark(self.now) else ""
        self.incoming.append(Incoming(typed, read_text(typed), note=note))

    def take_upload(self, upload: Any, *, show: bool) -> None:
        """Read a file. Its words land in the box too, should the form come back."""
        try:
            text = text_of(upload.read(MAX_BYTES + 1))
        except Refused as refused:
            self.was_refused = True
            self.told.append(f"“{upload.name}” was not read. {refused}")
            return
        text = "\n".join(shown(line) for line in text.split("\n"))
        self.incoming.append(Incoming(text, read_text(text), source=upload.name))
        if show:
            self.data = self.data.copy()
            self.data[self.add_prefix("words")] = text

    def save_words(self, recording: Any) -> None:
        from media import services

        for part in self.incoming:
            if part.can_be_read and self.says_the_same(part.reading):
                services.close_draft(recording=recording, state="taken")
            elif part.can_be_taken:
                self.take(recording, part)
            else:
                self.let_wait(recording, part)
        if self.cleaned_data.get("waiting") == ASIDE and not self.incoming:
            services.close_draft(recording=recording, state="aside")
        self.save_checked()
        if not self.must_stay and self.current_draft():
            self.told.append(STILL_WAITING)

    def take(self, recording: Any, part: Incoming) -> None:
        from media import services
        from media.models import TranscriptRevision

        Origin = TranscriptRevision.Origin
        services.import_transcript(
            recording=recording,
            reading=part.reading,
            user=self.for_user,
            origin=Origin.FILE if part.source else Origin.EDITED,
            note=part.source,
        )
        if all(other.can_be_taken for other in self.incoming):
            services.close_draft(recording=recording, state="replaced" if part.source else "taken")
        if part.reading.notes:
            self.told.append(summary(part.reading.notes))

    @property
    def must_stay(self) -> bool:
        """Whether something that was sent is not in use yet, so that the form is shown again."""
        return self.was_refused or not all(part.can_be_taken for part in self.incoming)

    def let_wait(self, recording: Any, part: Incoming) -> None:
        from media import services

        services.keep_draft(
            recording=recording,
            text=part.text,
            source=part.source,
            note=part.note,
            user=self.for_user,
        )
        self.told.append(part.note or WAITING)

    def save_checked(self) -> None:
        from media import services

        transcript, wanted = self.current_transcript(), self.cleaned_data["checked"]
        if transcript is None:
            if wanted:
                self.told.append(UNCHECKED)
        elif wanted != transcript.is_checked and not self.must_stay:
            if wanted:
                services.mark_checked(transcript=transcript, user=self.for_user)
            else:
                services.mark_unchecked(transcript=transcript)

    def says_the_same(self, reading: Reading) -> bool:
        transcript = self.current_transcript()
        before = spoken(transcript.cues.all()) if transcript else ()
        same = map(same_words, before, reading.cues)
        return len(before) == len(reading.cues) and all(same)


def mark(text: str) -> str:
    """What tells one text from another, whatever a browser does to its line ends."""
    return hashlib.sha256(one_kind_of_line_end(text).strip().encode()).hexdigest()[:16]


def summary(notes: tuple[Problem, ...]) -> str:
    told = " ".join(str(note) for note in notes[:NOTES_TOLD])
    more = len(notes) - NOTES_TOLD
    return f"The words are taken in. {told}{f' And {more} more lines.' if more > 0 else ''}"
