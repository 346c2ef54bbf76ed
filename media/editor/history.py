"""The history of a talk's words: what was when, compared with now, and brought back."""

from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from media import services
from media.cues import spoken
from media.editor.compare import differences, words_changed
from media.editor.desk import for_editors, furniture
from media.models import Transcript, TranscriptRevision

A_PAGE = 20
MOST_SHOWN = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    revision: TranscriptRevision
    changed: int | None  # words, None for the first


@require_safe
@for_editors
def history(request: HttpRequest, transcript: Transcript) -> HttpResponse:
    rows = transcript.revisions.select_related("made_by")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("p"))
    context = {
        **furniture(transcript, "History"),
        "entries": entries(transcript, list(page.object_list)),
        "page": page,
    }
    return render(request, "media/editor/history.html", context)


def entries(transcript: Transcript, revisions: list[TranscriptRevision]) -> list[Entry]:
    """Each with how many words differ from the one before it."""
    if not revisions:
        return []
    older = transcript.revisions.filter(number__lt=revisions[-1].number).first()
    found = [
        Entry(revision=new, changed=words_changed(old.cues, new.cues))
        for new, old in pairwise([*revisions, older] if older else revisions)
        if old
    ]
    return found if older else [*found, Entry(revision=revisions[-1], changed=None)]


@require_safe
@for_editors
def compare(request: HttpRequest, transcript: Transcript, number: int) -> HttpResponse:
    """What would change if this state came back."""
    revision = revision_of(transcript, number)
    found = differences(spoken(transcript.cues.all()), revision.cues)
    shown = list(islice(found, MOST_SHOWN))
    context: dict[str, Any] = {
        **furniture(transcript, f"Revision {number}"),
        "revision": revision,
        "differences": shown,
        "more": sum(1 for _ in found),
        "is_now": revision.number == transcript.revision,
        "stays_checked": services.stays_checked(transcript, revision),
    }
    return render(request, "media/editor/compare.html", context)


def revision_of(transcript: Transcript, number: int) -> TranscriptRevision:
    rows = transcript.revisions.select_related("made_by")
    found: TranscriptRevision = get_object_or_404(rows, number=number)
    return found


@require_POST
@for_editors
def take(request: HttpRequest, transcript: Transcript, number: int) -> HttpResponse:
    """Show an older state, or what a machine heard anew; the words of now stay in the history."""
    services.take_revision(revision=revision_of(transcript, number), user=request.user)
    messages.success(
        request, f"Revision {number} is back. What was there before is in the history."
    )
    return redirect("editor:lines", transcript.pk)


@require_POST
@for_editors
def refuse(request: HttpRequest, transcript: Transcript) -> HttpResponse:
    """People's words stay; what the machine heard is not offered again."""
    services.settle_proposals(transcript)
    messages.success(request, "Your words stay. The automatic version is in the history.")
    return redirect("editor:lines", transcript.pk)
