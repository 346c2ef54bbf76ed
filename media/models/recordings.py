"""A recording is one talk; its renditions are the same talk as different files."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from django.conf import settings
from django.db import models
from django.urls import reverse
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import CollectionMember
from wagtail.search import index

from media.mime import AUDIO, VIDEO, mime_type


class Recording(CollectionMember, index.Indexed, ClusterableModel):
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

    def __str__(self) -> str:
        return self.title

    @property
    def videos(self) -> list["Rendition"]:
        return [item for item in self.renditions.all() if item.kind == VIDEO]

    @property
    def audio(self) -> "Rendition | None":
        return next((item for item in self.renditions.all() if item.kind == AUDIO), None)

    @property
    def files(self) -> Iterable["Rendition"]:
        """What the player offers, in order of preference: films, or the sound alone."""
        return self.videos or list(self.renditions.all())

    @property
    def transcript(self) -> "models.Model | None":
        """The transcript in the site's language, English; with it the captions."""
        return next((item for item in self.transcripts.all() if item.language == "en"), None)


def upload_path(instance: "Rendition", filename: str) -> str:
    return f"recordings/{PurePosixPath(filename).name}"


class Rendition(models.Model):
    """One file of a recording: WebM, MP4, or sound alone. Width 0 means there is no picture."""

    recording = ParentalKey(Recording, on_delete=models.CASCADE, related_name="renditions")
    file = models.FileField(upload_to=upload_path, max_length=255)
    mime_type = models.CharField(max_length=60, editable=False)
    size = models.PositiveBigIntegerField("size in bytes", default=0, editable=False)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    sort_order = models.IntegerField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return PurePosixPath(self.file.name).name

    def save(self, *args: object, **kwargs: object) -> None:
        self.mime_type = mime_type(self.file.name)
        self.size = self.file.size
        super().save(*args, **kwargs)

    @property
    def kind(self) -> str:
        return self.mime_type.partition("/")[0]

    @property
    def url(self) -> str:
        return reverse("media:recording", args=[self.recording_id, self.pk, str(self)])
