"""Writing to the people of a cohort: words, then a look at what one person gets, then sending."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import permission_required

from courses.enums import MessageState
from courses.models import Announcement, Cohort, OutboxMessage
from courses.office.common import cohort_or_404, cohort_page
from courses.services.announcements import (
    AudienceChanged,
    NobodyToTell,
    Words,
    announce,
    note_mail,
    send_test,
)
from courses.services.audiences import Audience, Recipient, audiences, recipients
from courses.text import counted, upper_first

MOST_WORDS = 8000


def new_key() -> str:
    return uuid4().hex


class MessageForm(forms.Form):
    """Its key makes a second press of the button the same message."""

    subject = forms.CharField(max_length=150)
    text = forms.CharField(
        label="Message",
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Plain words. It begins with “Hello” and the name, and ends with the link to"
        " the person’s own page. Addresses of pages become links.",
    )
    key = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput, initial=new_key)

    def __init__(self, cohort: Cohort, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_value = {each.value: each for each in audiences(cohort)}
        choices = [(each.value, upper_first(each.words)) for each in self.by_value.values()]
        self.fields["to"] = forms.ChoiceField(label="To", choices=choices)

    @property
    def audience(self) -> Audience:
        return self.by_value[self.cleaned_data["to"]]

    @property
    def words(self) -> Words:
        return Words(self.cleaned_data["subject"], self.cleaned_data["text"])


@dataclass(frozen=True, slots=True)
class Preview:
    """The mail of the first of them, exactly as it would be sent."""

    mail: OutboxMessage
    like: Recipient
    number: int
    people: str
    to_words: str


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("courses.add_announcement")
def message(request: HttpRequest, pk: int) -> HttpResponse:
    cohort = cohort_or_404(pk)
    if request.method != "POST":
        return written(request, cohort, MessageForm(cohort, initial=asked_for(request)))
    form = MessageForm(cohort, request.POST)
    if not form.is_valid():
        return written(request, cohort, form, status=422)
    does = request.POST.get("do", "")
    if does == "change":
        return written(request, cohort, form)
    preview = preview_of(cohort, form)
    if preview is None:
        form.add_error("to", "There is nobody to write to.")
        return written(request, cohort, form, status=422)
    if does == "send":
        return send(request, cohort, form, preview)
    if does == "test":
        test(request, cohort, form, preview)
    return previewed(request, cohort, form, preview)


def asked_for(request: HttpRequest) -> dict[str, str]:
    """A link may lead here with the audience chosen, such as from the attendance of a session."""
    return {"to": request.GET.get("to", "places"), "key": new_key()}


def preview_of(cohort: Cohort, form: MessageForm) -> Preview | None:
    people = recipients(form.audience, cohort)
    if not people:
        return None
    first = people[0]
    mail = note_mail(cohort=cohort, words=form.words, to=first)
    words = counted(len(people), "person", "people")
    return Preview(mail, first, len(people), words, form.audience.words)


def send(request: HttpRequest, cohort: Cohort, form: MessageForm, preview: Preview) -> HttpResponse:
    try:
        made = announce(
            cohort=cohort,
            words=form.words,
            audience=form.audience,
            expected=expected(request),
            key=form.cleaned_data["key"],
            by=request.user,
        )
    except (AudienceChanged, NobodyToTell):
        messages.warning(request, "Meanwhile others would get it. Look again, then send.")
        return previewed(request, cohort, form, preview)
    mails = counted(made.messages.count(), "mail")
    messages.success(request, f"“{made.subject}”: {mails} on the way.")
    return redirect("courses_office:message", cohort.pk)


def expected(request: HttpRequest) -> int:
    number = request.POST.get("expected", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 9 else -1


def test(request: HttpRequest, cohort: Cohort, form: MessageForm, preview: Preview) -> None:
    """To the organiser's own address only."""
    own = getattr(request.user, "email", "")
    if not own:
        messages.error(request, "Your account has no e-mail address. Add it under Account first.")
        return
    send_test(cohort=cohort, words=form.words, like=preview.like, to=own)
    messages.success(request, f"A test is on the way to {own}. Nobody else gets it.")


def written(
    request: HttpRequest, cohort: Cohort, form: MessageForm, status: int = 200
) -> HttpResponse:
    sent = sent_before(cohort)
    return cohort_page(request, cohort, "message", "message", status=status, form=form, sent=sent)


def previewed(
    request: HttpRequest, cohort: Cohort, form: MessageForm, preview: Preview
) -> HttpResponse:
    return cohort_page(request, cohort, "message", "message_preview", form=form, preview=preview)


def sent_before(cohort: Cohort) -> QuerySet[Announcement]:
    state = "messages__state"
    waiting = Q(**{f"{state}__in": [MessageState.QUEUED, MessageState.RETRYING]})
    return Announcement.objects.filter(cohort=cohort).annotate(
        sent=Count("messages", filter=Q(**{state: MessageState.SENT})),
        waiting=Count("messages", filter=waiting),
        failed=Count("messages", filter=Q(**{state: MessageState.FAILED})),
    )
