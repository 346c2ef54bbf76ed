"""One place: who has it, what they were told, and what can be mended."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from courses.enums import PlaceState
from courses.models import OutboxMessage, Place
from courses.office.deeds import ChangedMeanwhile, Deed, refusal_words
from courses.office.forms import PersonForm
from courses.office.frame import cohort_crumbs, office_page, open_cohort
from courses.services import Attendee, RegistrationRefused, swap_person
from courses.services.corrections import correct_person
from courses.services.seats import lock_cohort
from privacy.declared import NOBODY

VERBS: dict[str, tuple[Any, str]] = {
    "correct": (correct_person, "The place is corrected."),
    "swap": (swap_person, "The place has a new name. Whoever it concerns gets a mail."),
}
WORDS = ("kind", "subject", "to", "state", "last_error", "sent_at", "created_at")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("courses.change_place")
def place(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_place(pk)
    forms = {
        "correct": PersonForm(initial={"name": found.name, "email": found.email}, prefix="correct"),
        "swap": PersonForm(prefix="swap"),
    }
    verb = request.POST.get("verb", "")
    if request.method == "POST" and verb in VERBS:
        forms[verb] = PersonForm(request.POST, prefix=verb)
        if forms[verb].is_valid() and change(request, found, verb, forms[verb]):
            return redirect("courses_office:place", pk)
    return show(request, get_place(pk), forms)


def get_place(pk: int) -> Place:
    return get_object_or_404(Place.objects.select_related("booking__organisation"), pk=pk)


def change(request: HttpRequest, found: Place, verb: str, form: PersonForm) -> bool:
    """False: it was refused, and the form says why."""
    do, words = VERBS[verb]
    try:
        mend(request, found, do, form.person)
    except (RegistrationRefused, ChangedMeanwhile) as error:
        form.add_error(None, refusal_words(error))
        return False
    messages.success(request, words)
    return True


def mend(request: HttpRequest, found: Place, do: Any, person: Attendee) -> None:
    """Raises ChangedMeanwhile if the page showed somebody else, or a RegistrationRefused."""
    with transaction.atomic():
        lock_cohort(found.cohort_id)
        found.refresh_from_db()
        if request.POST.get("seen", found.holder) != found.holder:
            raise ChangedMeanwhile
        do(place=found, person=person, by=request.user)


def show(request: HttpRequest, found: Place, forms: dict[str, Any]) -> HttpResponse:
    cohort = open_cohort(found.cohort_id)
    others = found.booking.places.exclude(pk=found.pk)
    return office_page(
        request,
        "place",
        title=found.name or f"Place {found.pk}",
        icon="user",
        crumbs=cohort_crumbs(cohort),
        status=422 if any(form.errors for form in forms.values()) else 200,
        place=found,
        cohort=cohort,
        has_seat=found.state in PlaceState.with_seat(),
        is_erased=found.email.endswith(NOBODY),
        first=first_place(found),
        others=others,
        problem=" ".join(
            str(error) for form in forms.values() for error in form.non_field_errors()
        ),
        mails=OutboxMessage.objects.filter(place=found).only(*WORDS),
        deeds=[(deed.value, deed.for_one) for deed in Deed],
        **forms,
    )


def first_place(found: Place) -> Place | None:
    """Of a place that was booked a second time: the other one."""
    if found.state != PlaceState.REPEATED:
        return None
    rows = Place.objects.filter(cohort=found.cohort_id, email=found.email)
    return rows.filter(state=PlaceState.BOOKED).first()
