"""“Look at the files again”, for those who may change the recording."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from media.access import may_edit
from media.models import Recording
from media.tasks import inspect_later


@require_http_methods(["GET", "POST"])
def look_again(request: HttpRequest, pk: int) -> HttpResponse:
    recording = get_object_or_404(Recording, pk=pk)
    if not may_edit(request.user, recording):
        raise PermissionDenied
    edit = reverse("wagtailsnippets_media_recording:edit", args=[pk])
    if request.method == "GET":
        return render(request, "media/look_again.html", {"recording": recording, "edit": edit})
    inspect_later(recording, request.user)
    messages.success(request, "The files are looked at again. Come back in a minute.")
    return redirect(edit)
