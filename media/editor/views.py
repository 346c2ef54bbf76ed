"""The editor of one talk's words: the page, and what its script asks for and saves."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from media.cues import spoken
from media.editor import fallback, services, wire
from media.editor.desk import for_editors, furniture
from media.editor.hooks import may_change
from media.editor.services import Saved, Stale
from media.models import Cue, Transcript

MOST_NAMES = 200


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def lines(request: HttpRequest, transcript: Transcript) -> HttpResponse:
    """The player and the words beside it; without a script a form of fifty lines a page."""
    if request.method == "POST":
        return save_form(request, transcript)
    page = fallback.page_of(spoken(transcript.cues.all()), request.GET.get("p"))
    return shown(request, transcript, page=page, fields=page.object_list)


def save_form(request: HttpRequest, transcript: Transcript) -> HttpResponse:
    fields, changes = fallback.read(request.POST)
    saved = services.save_changes(
        transcript=transcript,
        changes=changes,
        version=request.POST.get("version", ""),
        user=request.user,
    )
    again = fallback.told(fields, saved.merged)
    if not again:
        messages.success(request, "Saved.")
        return redirect(f"{reverse('editor:lines', args=[transcript.pk])}?p={at_page(request)}")
    messages.error(request, "Some lines are not saved yet; all others are.")
    return shown(request, saved.transcript, page=None, fields=again)


def at_page(request: HttpRequest) -> int:
    number = request.POST.get("p", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1


def shown(request: HttpRequest, transcript: Transcript, **context: Any) -> HttpResponse:
    recording = transcript.recording
    proposal = transcript.revisions.filter(proposed=True).defer("rows").first()
    context |= {
        **furniture(transcript, "Words"),
        "recording": recording,
        "files": recording.files(),
        "checked": wire.checked(transcript),
        "proposal": proposal,
        "user_id": request.user.pk,
    }
    return render(request, "media/editor/lines.html", context)


@require_safe
@for_editors
def state(request: HttpRequest, transcript: Transcript) -> HttpResponse:
    """All lines, as the script shows them."""
    known = wire.terms()
    cues = spoken(transcript.cues.all())
    return told(transcript, lines=wire.lines(known, cues))


@require_POST
@for_editors
def save(request: HttpRequest, transcript: Transcript) -> HttpResponse:
    """Changes of lines; the answer says what became of each that needs a word."""
    try:
        version, changes = wire.read_changes(request.body)
    except wire.NotUnderstood as problem:
        return JsonResponse({"problem": str(problem)}, status=400)
    saved = services.save_changes(
        transcript=transcript, changes=changes, version=version, user=request.user
    )
    return told(saved.transcript, **outcome(saved, {change.key for change in changes}))


def outcome(saved: Saved, asked: set[str]) -> dict[str, Any]:
    """The lines that were asked for, or all of them if somebody else was at work."""
    merged, known = saved.merged, wire.terms()
    wanted = tuple(cue for cue in merged.cues if not saved.alone or cue.key in asked)
    return {
        "alone": saved.alone,
        "lines": wire.lines(known, wanted),
        "conflicts": [
            {"key": each.key, "theirs": wire.row(each.theirs)} for each in merged.conflicts
        ],
        "refusals": [{"key": each.key, "message": each.message} for each in merged.refusals],
    }


def told(transcript: Transcript, **more: Any) -> JsonResponse:
    answer = {"version": transcript.version, "checked": wire.checked(transcript), **more}
    response = JsonResponse(answer)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@for_editors
def names(request: HttpRequest, transcript: Transcript) -> HttpResponse:
    """Names of speakers in all talks that this person may change, the most frequent first."""
    cues = Cue.objects.filter(transcript__recording__collection_id__in=may_change(request.user))
    rows = cues.exclude(speaker="").values_list("speaker").annotate(count=Count("pk"))
    found = [name for name, _ in rows.order_by("-count", "speaker")[:MOST_NAMES]]
    return JsonResponse({"names": found})


@require_POST
@for_editors
def check(request: HttpRequest, transcript: Transcript) -> HttpResponse:
    """This person has read the words against the sound, or takes that back."""
    try:
        services.say_checked(
            transcript=transcript,
            version=request.POST.get("version", ""),
            checked=request.POST.get("checked") == "yes",
            user=request.user,
        )
    except Stale as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Readers are told that the words are checked.")
    return redirect("editor:lines", transcript.pk)
