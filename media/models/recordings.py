"""A recording is one talk; its renditions are the same talk as different files."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import CollectionMember
from wagtail.search import index

from media.embeds import hosted_video
from media.forms import RecordingForm
from media.mime import AUDIO, VIDEO, mime_type
from media.sniff import HEAD, objection
from media.uploads.fields import FilmField, has_arrived, take
from media.uploads.names import clean_name

if TYPE_CHECKING:
    from media.models.transcripts import Transcript


class Recording(CollectionMember, index.Indexed, ClusterableModel):
    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be looked at"
        READY = "ready", "Ready"
        NO_TOOLS = "no-tools", "Ready, but length and picture could not be read"
        FAILED = "failed", "A file could not be read"

    base_form_class = RecordingForm

    title = models.CharField(max_length=255, help_text="For editors; readers see the page's title.")
    duration_ms = models.PositiveIntegerField("length in milliseconds", default=0, editable=False)
    poster = models.ForeignKey(
        "media.CustomImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The still picture that stands before the film plays.",
    )
    embed_url = models.URLField(
        "second source",
        blank=True,
        help_text="The same talk on YouTube or Vimeo, for schools that cannot play ours.",
    )
    synthetic_voices = models.BooleanField(
        default=False, help_text="Tick if the voices were made by a computer: readers are told."
    )
    state = models.CharField(max_length=12, choices=State, default=State.WAITING, editable=False)
    state_note = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    search_fields = (
        *CollectionMember.search_fields,
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.FilterField("created_at"),
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        permissions = [("send_recording", "Can send recordings to AssemblyAI")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.embed_url and hosted_video(self.embed_url) is None:
            message = "Give the address of one video on YouTube or Vimeo."
            raise ValidationError({"embed_url": message})

    @property
    def has_video(self) -> bool:
        return any(item.kind == VIDEO for item in self.renditions.all())

    @property
    def audio(self) -> "Rendition | None":
        return next((item for item in self.renditions.all() if item.kind == AUDIO), None)

    def files(self, *, sound_only: bool = False) -> "Sequence[Rendition]":
        """What the player offers, in order of preference: films, or the sound alone."""
        everything = list(self.renditions.all())
        films = [item for item in everything if item.kind == VIDEO]
        sounds = [item for item in everything if item.kind == AUDIO]
        return (sounds or films) if sound_only else (films or sounds)

    @property
    def transcript(self) -> "Transcript | None":
        """The transcript in the site's language, English; with it the captions."""
        return next((item for item in self.transcripts.all() if item.language == "en"), None)

    def picture_url(self, name: str = "poster.webp") -> str:
        """Where the still picture is served; empty without one."""
        return reverse("media:poster", args=[self.pk, name]) if self.poster_id else ""


def upload_path(instance: "Rendition", filename: str) -> str:
    return f"recordings/{clean_name(filename)}"


class RecordingFile(FieldFile):
    """Its address is our view, which asks who may see it; the folder itself has none."""

    @property
    def url(self) -> str:
        rendition: Any = self.instance
        return rendition.url if rendition.pk else ""

    def save(self, name: str, content: Any, save: bool = True) -> None:
        """What came in parts lies in its place already, and is only taken."""
        if not has_arrived(self):
            return super().save(name, content, save)
        self.name = take(content)
        setattr(self.instance, self.field.attname, self.name)
        self._committed = True
        if save:
            self.instance.save()
        return None


def let_go(file: FieldFile) -> None:
    """Delete a file that no row names any more, once that is sure."""
    storage, name = file.storage, file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name), robust=True)


class RecordingFileField(models.FileField):
    attr_class = RecordingFile

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": FilmField, **kwargs})

    def deconstruct(self) -> Any:
        """For migrations it is a plain file field."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", args, kwargs


class Rendition(models.Model):
    """One file of a recording: WebM, MP4, or sound alone. Width 0 means there is no picture."""

    recording = ParentalKey(Recording, on_delete=models.CASCADE, related_name="renditions")
    file = RecordingFileField(
        upload_to=upload_path, max_length=255, help_text="WebM, MP4, MP3, M4A, OGG or WAV."
    )
    mime_type = models.CharField(max_length=60, editable=False)
    size = models.PositiveBigIntegerField("size in bytes", default=0, editable=False)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    sort_order = models.IntegerField(null=True, blank=True, editable=False)
    # The film that the sound was taken from by ourselves; empty for what people gave.
    made_from = models.CharField(max_length=255, blank=True, editable=False)

    class Meta:
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return PurePosixPath(self.file.name or "").name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file.name:
            self.mime_type = mime_type(self.file.name)
            self.size = self.file.size
        before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        super().save(*args, **kwargs)
        if before is not None and before.file.name != self.file.name:
            let_go(before.file)

    def clean(self) -> None:
        """A file is what its bytes say, and its name must say the same."""
        super().clean()
        name = self.file.name
        if not name or getattr(self.file, "_committed", True) or has_arrived(self.file):
            return
        self.file.seek(0)
        words = objection(name, self.file.read(HEAD))
        self.file.seek(0)
        if words:
            raise ValidationError({"file": words})

    @property
    def kind(self) -> str:
        return self.mime_type.partition("/")[0]

    @property
    def url(self) -> str:
        return reverse("media:recording", args=[self.recording_id, self.pk, str(self)])
