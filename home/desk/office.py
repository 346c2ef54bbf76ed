"""Lists for those who answer: enquiries, what readers do not find, cohorts, mails that failed."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Min, Sum
from django.urls import reverse
from django.utils import timezone

from core.models import Enquiry
from courses.enums import MessageState
from courses.models import Cohort, OutboxMessage
from courses.when import short_day_words
from home.desk.rows import DeskList, Row, rows_of
from search.models import AskedQuestion

A_WEEK = timedelta(days=7)


def new_enquiries(user: Any) -> DeskList | None:
    if not user.has_perm("core.view_enquiry"):
        return None
    found = Enquiry.objects.filter(state=Enquiry.State.NEW)
    return DeskList(
        slug="enquiries",
        heading="New enquiries",
        rows=rows_of(found, enquiry_row),
        empty="All enquiries are answered.",
        more=Row("All enquiries", reverse("enquiries:index")),
    )


def enquiry_row(enquiry: Enquiry) -> Row:
    url = reverse("enquiries:edit", args=[enquiry.pk])
    came = short_day_words(enquiry.created_at)
    note = f"{came}, colleagues were not told" if enquiry.telling_failed else came
    return Row(str(enquiry), url, note)


def not_found(user: Any) -> DeskList | None:
    """What readers asked this week and the library could not answer."""
    if not user.has_perm("search.view_askedquestion"):
        return None
    asked = (
        AskedQuestion.objects.filter(day__gt=timezone.localdate() - A_WEEK, found=0, partly=0)
        .order_by()
        .values("text")
        .annotate(times=Sum("asked"))
        .order_by("-times", "text")
    )
    return DeskList(
        slug="asked",
        heading="Asked this week, not found",
        rows=rows_of(asked, question_row),
        more=Row("All questions", reverse("wagtailsnippets_search_askedquestion:list")),
    )


def question_row(question: dict[str, Any]) -> Row:
    times = question["times"]
    url = f"{reverse('search')}?{urlencode({'q': question['text']})}"
    return Row(question["text"], url, "once" if times == 1 else f"{times} times")


def next_cohorts(user: Any) -> DeskList | None:
    if not (user.has_perm("courses.view_cohort") and user.has_perm("courses.view_place")):
        return None
    found = (
        Cohort.objects.for_page()
        .select_related("programme")
        .annotate(begins=Min("sessions__starts_at"))
        .filter(begins__gte=timezone.now())
        .order_by("begins", "pk")
    )
    return DeskList(
        slug="cohorts",
        heading="Cohorts that begin next",
        rows=rows_of(found, cohort_row),
        empty="No cohort has a date ahead.",
        more=Row("All cohorts", reverse("cohorts:index")),
    )


def cohort_row(cohort: Any) -> Row:
    state = cohort.state(timezone.now()).label
    of = f"{cohort.seats_taken} of {cohort.capacity}" if cohort.capacity else cohort.seats_taken
    note = f"from {short_day_words(cohort.begins)}: {of} places, {state.lower()}"
    return Row(str(cohort), reverse("courses_office:roster", args=[cohort.pk]), note)


def failed_mails(user: Any) -> DeskList | None:
    if not user.has_perm("courses.change_outboxmessage"):
        return None
    found = OutboxMessage.objects.filter(state=MessageState.FAILED).defer(
        "text", "html", "attachments"
    )
    return DeskList(
        slug="mails",
        heading="Mails that failed",
        rows=rows_of(found, mail_row),
        more=Row("The outbox", reverse("outbox:index")),
    )


def mail_row(mail: OutboxMessage) -> Row:
    url = reverse("courses_office:resend", args=[mail.pk])
    return Row(mail.subject, url, f"to {mail.to}: {mail.last_error}"[:160])
