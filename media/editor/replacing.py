"""Find and replace, in one talk or in all that a person may change: first shown, then done."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from media.cues import spoken, to_rows
from media.editor.desk import furniture
from media.editor.finding import Hit, Question, hits, replaced
from media.editor.hooks import may_change
from media.editor.limits import clean_text, cleaned, problem
from media.editor.services import keep
from media.models import Cue, Transcript
from media.services.transcripts import Origin, locked_transcript

MOST_SHOWN = 500


class TalkField(forms.ModelChoiceField):
    def label_from_instance(self, transcript: Transcript) -> str:
        """The language is told where it is not the usual one."""
        usual = transcript.language == Transcript.USUAL_LANGUAGE
        return str(transcript.recording) if usual else str(transcript)


class QuestionForm(forms.Form):
    find = forms.CharField(max_length=200, label="Find")
    instead = forms.CharField(max_length=200, required=False, label="Put in its place")
    whole = forms.BooleanField(required=False, label="Whole words only")
    case = forms.BooleanField(required=False, label="Match capitals")
    talk = TalkField(
        queryset=Transcript.objects.none(), required=False, label="In", empty_label="All talks"
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        talks: Any = self.fields["talk"]
        talks.queryset = transcripts_of(user).order_by("recording__title", "language")

    def question(self) -> Question:
        given = self.cleaned_data
        return Question(
            find=given["find"],
            instead=clean_text(given["instead"]),
            whole=given["whole"],
            match_case=given["case"],
        )


@dataclass(kw_only=True)
class Talk:
    transcript: Transcript
    hits: list[Hit] = field(default_factory=list)


@dataclass(kw_only=True)
class Outcome:
    places: int = 0
    talks: int = 0
    missed: int = 0


def transcripts_of(user: Any) -> QuerySet[Transcript]:
    """The words of all talks that this person may change."""
    return Transcript.objects.select_related("recording").filter(
        recording__collection_id__in=may_change(user)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def replace_words(request: HttpRequest) -> HttpResponse:
    """GET: every place in its context, with a tick. POST: those that are ticked are replaced."""
    if not may_change(request.user):
        raise PermissionDenied("Only people who may change recordings may replace words.")
    data = request.POST if request.method == "POST" else request.GET
    form = QuestionForm(
        data if "find" in data else None, user=request.user, initial={"talk": data.get("talk")}
    )
    asked = form.is_bound and form.is_valid()
    if asked and request.method == "POST":
        return done(request, form)
    talks = found(form.question(), scope(form, request.user)) if asked else []
    return shown(request, form, talks)


def scope(form: QuestionForm, user: Any) -> QuerySet[Transcript]:
    talk = form.cleaned_data["talk"]
    everything = transcripts_of(user)
    return everything.filter(pk=talk.pk) if talk else everything


def found(question: Question, transcripts: QuerySet[Transcript]) -> list[Talk]:
    cues = Cue.objects.filter(
        transcript__in=transcripts, text__icontains=question.sure_part
    ).select_related("transcript__recording")
    ordered = cues.order_by("transcript__recording__title", "transcript", "start_ms", "pk")
    talks = []
    for transcript, group in groupby(ordered.iterator(2000), key=lambda cue: cue.transcript):
        places = [hit for cue in group for hit in hits_of(question, cue)]
        if places:
            talks.append(Talk(transcript=transcript, hits=places))
    return talks


def hits_of(question: Question, cue: Cue) -> Iterator[Hit]:
    return hits(question, cue.key, cue.start_ms, cue.text)


def shown(request: HttpRequest, form: QuestionForm, talks: list[Talk]) -> HttpResponse:
    total = sum(len(talk.hits) for talk in talks)
    room = MOST_SHOWN
    for talk in talks:
        talk.hits = talk.hits[: max(room, 0)]
        room -= len(talk.hits)
    context = {
        **furniture(chosen(form), "Find and replace"),
        "form": form,
        "talks": [talk for talk in talks if talk.hits],
        "talk_count": len(talks),
        "total": total,
        "more": max(0, total - MOST_SHOWN),
        "asked": form.is_bound and form.is_valid(),
    }
    return render(request, "media/editor/replace.html", context)


def chosen(form: QuestionForm) -> Transcript | None:
    """The talk to which the page leads back."""
    asked = form["talk"].value()
    talks: Any = form.fields["talk"]
    return talks.queryset.filter(pk=asked).first() if str(asked or "").isdecimal() else None


def done(request: HttpRequest, form: QuestionForm) -> HttpResponse:
    outcome = replace_ticked(
        question=form.question(),
        transcripts=scope(form, request.user),
        marks=set(request.POST.getlist("hit")),
        user=request.user,
    )
    if outcome.places:
        places = "place is" if outcome.places == 1 else "places are"
        talks = "one talk" if outcome.talks == 1 else f"{outcome.talks} talks"
        words = f"{outcome.places} {places} replaced in {talks}."
        messages.success(request, f"{words} To undo it, bring back a state from the history.")
    else:
        messages.warning(request, "Nothing was ticked, so nothing is replaced.")
    if outcome.missed:
        messages.warning(request, f"{outcome.missed} left alone: their lines changed meanwhile.")
    names = ("find", "instead", "whole", "case", "talk")
    kept = {name: request.POST[name] for name in names if request.POST.get(name)}
    return redirect(f"{reverse('editor:replace')}?{urlencode(kept)}")


def replace_ticked(
    *,
    question: Question,
    transcripts: QuerySet[Transcript],
    marks: Collection[str],
    user: Any,
) -> Outcome:
    """Replace the ticked places: one state of the history for each talk."""
    outcome = Outcome()
    left = set(marks)
    for talk in found(question, transcripts):
        if not left & {hit.mark for hit in talk.hits}:
            continue
        places = replace_in(talk.transcript, question, left, user)
        left -= places
        outcome.places += len(places)
        outcome.talks += bool(places)
    outcome.missed = len(left)
    return outcome


def replace_in(
    transcript: Transcript, question: Question, marks: Collection[str], user: Any
) -> set[str]:
    """The ticks that were replaced; a line that would be left without words stays."""
    with transaction.atomic():
        held = locked_transcript(transcript.recording, transcript.language)
        before = spoken(held.cues.all())
        after, places = [], set()
        for cue in before:
            new, found_here = replaced(question, cue, marks)
            new = cleaned(new) if found_here else cue
            fits = not problem(new)
            after.append(new if fits else cue)
            places |= found_here if fits else set()
        if to_rows(after) != to_rows(before):
            keep(
                transcript=held,
                cues=after,
                user=user,
                origin=Origin.REPLACED,
                note=question.in_words,
            )
    return places
