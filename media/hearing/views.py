"""Asking for the words of a recording, and seeing how far the listening is."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from media import access
from media.hearing import ready
from media.hearing.panel import state_of
from media.models import Job, Recording
from media.services import jobs

EDIT = "wagtailsnippets_media_recording:edit"


def editable(request: HttpRequest, pk: int) -> Recording:
    """The recording, for those who may change it."""
    recording: Recording = get_object_or_404(Recording, pk=pk)
    if not access.may_edit(request.user, recording):
        raise PermissionDenied
    return recording


@never_cache
@require_safe
def speech_state(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel alone, which the page asks for anew while the work goes on."""
    return render(request, "media/speech.html", state_of(editable(request, pk)))


@require_http_methods(["GET", "POST"])
def hear(request: HttpRequest, pk: int) -> Any:
    """Asked for once more while it runs, it is still done once."""
    recording = editable(request, pk)
    edit = reverse(EDIT, args=[pk])
    if request.method == "GET":
        return render(request, "media/speech_ask.html", state_of(recording) | {"edit": edit})
    if lack := ready.missing():
        messages.error(request, lack)
    elif not recording.renditions.exists():
        messages.error(request, "Add a film or its sound to the recording first, and save.")
    else:
        jobs.request_job(recording=recording, kind=Job.Kind.HEAR, user=request.user)
    return redirect(f"{edit}#speech")
