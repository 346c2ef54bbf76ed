"""Who may sit at the editor: those who may change the recording. For all others it is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from media import access
from media.models import Transcript

View = Callable[..., HttpResponse]


def for_editors(view: View) -> View:
    """Give the view the transcript, if this person may change its recording."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = Transcript.objects.select_related("recording", "checked_by")
        transcript = get_object_or_404(rows, pk=pk)
        if not access.may_edit(request.user, transcript.recording):
            raise PermissionDenied("Only people who may change this recording see its words here.")
        return view(request, transcript, *args, **kwargs)

    return guarded


def furniture(transcript: Transcript | None, title: str) -> dict[str, Any]:
    """What Wagtail's own frame shows around our pages."""
    name = "wagtailsnippets_media_recording"
    crumbs = [{"url": reverse(f"{name}:list"), "label": "Recordings"}]
    if transcript:
        recording = transcript.recording
        crumbs += [
            {"url": reverse(f"{name}:edit", args=[recording.pk]), "label": str(recording)},
            {"url": reverse("editor:lines", args=[transcript.pk]), "label": "Words"},
        ]
    last = crumbs[-1]["label"]
    if title != last:
        crumbs.append({"url": "", "label": title})
    whole = f"{title}: {transcript.recording}" if transcript else title
    return {
        "breadcrumbs_items": crumbs,
        "header_title": whole,
        "page_title": whole,
        "header_icon": "media",
        "transcript": transcript,
    }
