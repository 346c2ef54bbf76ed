"""Files for readers: recordings with byte ranges, captions and transcripts, posters, pictures."""

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from media import access
from media.downloads import FORMS, render
from media.models import Recording, Rendition, Transcript
from media.serving import stored_file

PUBLIC = "public, max-age=3600"
PRIVATE = "private, no-store"
FOR_EVER = "public, max-age=31536000, immutable"
IMAGES = "images"
IMAGE_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
# The still picture as the player and as cards elsewhere want it.
POSTERS = {
    "poster.webp": ("fill-1280x720|format-webp", "image/webp"),
    "card.jpg": ("fill-1200x630|format-jpeg", "image/jpeg"),
}


def allowed(request: HttpRequest, recording: Recording) -> tuple[access.Use | None, str]:
    """The public page that shows the recording, if there is one, and how long to keep the answer.

    Raises Http404 for everybody else but those who may edit the recording: what is not public
    does not even exist for them.
    """
    use = access.public_use(recording.pk)
    if use is None and not access.may_edit(request.user, recording):
        raise Http404("No such recording.")
    return use, PUBLIC if use else PRIVATE


@require_safe
def recording_file(
    request: HttpRequest, recording: int, rendition: int, name: str
) -> HttpResponseBase:
    """One file of a recording. The name in the address is for people; the number decides."""
    item = get_object_or_404(
        Rendition.objects.select_related("recording"), pk=rendition, recording_id=recording
    )
    _, cache_control = allowed(request, item.recording)
    return stored_file(
        request, item.file.storage, item.file.name or "", item.mime_type, cache_control
    )


@require_safe
def poster(request: HttpRequest, recording: int, name: str) -> HttpResponseBase:
    if name not in POSTERS:
        raise Http404("No such picture.")
    item = get_object_or_404(Recording.objects.select_related("poster"), pk=recording)
    _, cache_control = allowed(request, item)
    if item.poster is None:
        raise Http404("This recording has no picture.")
    filter_spec, content_type = POSTERS[name]
    picture = item.poster.get_rendition(filter_spec).file
    return stored_file(request, picture.storage, picture.name, content_type, cache_control)


@require_safe
def captions(request: HttpRequest, transcript: int, form: str) -> HttpResponseBase:
    """The words of a talk: `vtt` for players, the others to keep."""
    if form not in FORMS:
        raise Http404("The words are there as VTT, SRT, TXT and DOCX.")
    item = get_object_or_404(Transcript.objects.select_related("recording"), pk=transcript)
    use, cache_control = allowed(request, item.recording)
    title = use.title if use else item.recording.title
    source = request.build_absolute_uri(use.url) if use else ""
    written = render(item, form, title=title, source=source)
    response = get_conditional_response(request, etag=written.etag)
    if response is None:
        response = HttpResponse(written.content(), content_type=written.content_type)
        name = f"{slugify(title) or 'words'}.{form}"
        response["Content-Disposition"] = f'{written.place}; filename="{name}"'
    response["ETag"] = written.etag
    response["Cache-Control"] = cache_control
    return response


@require_safe
def image(request: HttpRequest, name: str) -> HttpResponseBase:
    """Pictures as made for pages. Originals and documents lie elsewhere and have no address."""
    parts = PurePosixPath(name).parts
    content_type = IMAGE_TYPES.get(PurePosixPath(name).suffix.lower())
    if content_type is None or len(parts) != 1 or name != parts[0]:
        raise Http404("No such picture.")
    try:
        return stored_file(request, default_storage, f"{IMAGES}/{name}", content_type, FOR_EVER)
    except (SuspiciousFileOperation, OSError, ValueError) as error:
        raise Http404("No such picture.") from error
