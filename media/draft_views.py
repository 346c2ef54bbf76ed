"""Words that were set aside, to be kept or put into the box again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from media import access
from media.models import WordsDraft


def fetch_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """For those who may change the recording; to anybody else there is no such address."""
    draft = get_object_or_404(WordsDraft.objects.select_related("recording"), pk=pk)
    if not access.may_edit(request.user, draft.recording):
        raise Http404
    answer = HttpResponse(draft.text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="words-{draft.pk}.txt"'
    answer["Cache-Control"] = "private, no-store"
    return answer
