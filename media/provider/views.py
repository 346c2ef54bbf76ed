"""What the editor's panel asks. Only two things are ever written: a job, and its order.

No view takes the name of a model, a field or a page; the recording is all that a request can name.
"""

import re

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, JsonResponse
from django.template.defaultfilters import filesizeformat
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.auth import require_admin_access

from media.access import may_edit
from media.models import Job, Recording
from media.models.jobs import OPEN
from media.provider import orders
from media.provider.state import state_of
from media.provider.tickets import tickets
from media.services import jobs

HANDLE = re.compile(r"r([0-9]{10})")
EXPIRED = "That was a while ago. Press the button again to see what would be sent."


def recording_at(handle: str) -> Recording:
    """By the name that the panel uses; whoever may not change it hears that it is not there."""
    match = HANDLE.fullmatch(handle)
    found = Recording.objects.filter(pk=int(match.group(1))).first() if match else None
    if found is None:
        raise Http404
    return found


def to_be_sent(request: HttpRequest) -> Recording:
    recording = recording_at(request.POST.get("video_id", ""))
    if not orders.may_send(request.user, recording):
        raise PermissionDenied
    return recording


@never_cache
@require_admin_access
@require_POST
def validate_transcription_data(request: HttpRequest) -> JsonResponse:
    """What would leave the server, before anything does; and a ticket for the second click."""
    recording = to_be_sent(request)
    try:
        file = orders.file_to_send(recording)
    except jobs.JobFailed as failure:
        return JsonResponse({"problem": str(failure)}, status=409)
    token = tickets.make_token(request.user, orders.handle_of(recording))
    return JsonResponse({"token": token, "file": str(file), "size": filesizeformat(file.size)})


@never_cache
@require_admin_access
@require_POST
def request_transcription(request: HttpRequest, token: str) -> JsonResponse:
    """The second click: a job, unless one is open already."""
    recording = to_be_sent(request)
    if not tickets.check_token(request.user, orders.handle_of(recording), token):
        return JsonResponse({"problem": EXPIRED}, status=409)
    jobs.request_job(recording=recording, kind=Job.Kind.PROVIDER, user=request.user)
    return JsonResponse(state_of(recording), status=202)


@never_cache
@require_admin_access
@require_GET
def processing_transcriptions(request: HttpRequest) -> JsonResponse:
    """The recordings at work now, of those that this person may change."""
    work = Job.objects.filter(kind=Job.Kind.PROVIDER, state__in=OPEN).select_related("recording")
    mine = [job.recording for job in work if may_edit(request.user, job.recording)]
    return JsonResponse({orders.handle_of(recording): True for recording in mine})


@never_cache
@require_admin_access
@require_GET
def transcription_data(request: HttpRequest) -> JsonResponse:
    """How the job of a recording stands."""
    recording = recording_at(request.GET.get("video_id", ""))
    if not may_edit(request.user, recording):
        raise PermissionDenied
    return JsonResponse(state_of(recording))


@never_cache
@require_admin_access
@require_GET
def fetch_document(request: HttpRequest, recording: int) -> FileResponse:
    """AssemblyAI's text as it came, as a Word document, for those who may change the recording."""
    found = Recording.objects.filter(pk=recording).first()
    document = orders.document_of(found) if found and may_edit(request.user, found) else None
    if document is None:
        raise Http404
    return FileResponse(document.file.open("rb"), as_attachment=True, filename=document.filename)
