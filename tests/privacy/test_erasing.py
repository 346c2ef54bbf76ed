"""Erasing one person: nothing of them is left anywhere, nobody else and no figure is touched."""

import json

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.db.models import Count
from django.test import Client
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Revision

from core.models import Enquiry, SiteSettings
from courses.enums import InvoiceState, PlaceState, WaitingState
from courses.models import (
    Attendance,
    Booking,
    Certificate,
    Cohort,
    OutboxMessage,
    Place,
    WaitingEntry,
)
from courses.services import Attendee, send_due
from home.models import HomePage, StandardPage
from privacy.declared import NOBODY
from privacy.erasing import NotYet, erase_person, what_is_held
from privacy.models import Run, RunKind
from search.models import AskedQuestion, IndexedRow
from tests.courses.factories import make_cohort
from tests.factories import make_page
from tests.privacy.factories import (
    ADA,
    BO,
    NAME,
    book,
    everything,
    make_ada,
    make_administrator,
    make_enquiry,
    past_cohort,
    standing,
)

pytestmark = pytest.mark.usefixtures("home")


def figures() -> list[object]:
    """What charts are made of: places by state, attendance, hours, how full, how many wait."""
    return [
        list(Cohort.objects.order_by("pk").values_list("pk", "capacity")),
        sorted(Place.objects.values_list("cohort").annotate(Count("pk"))),
        sorted(Attendance.objects.values_list("session", "state").annotate(Count("pk"))),
        sorted(Certificate.objects.values_list("minutes", "programme")),
        sorted(Booking.objects.values_list("reference", "amount", "organisation")),
        WaitingEntry.objects.count(),
    ]


def test_nothing_of_the_person_is_left_anywhere() -> None:
    make_ada()
    assert standing(ADA, NAME)
    erase_person(address=ADA)
    assert standing(ADA, NAME) == []


def test_the_address_may_be_typed_in_any_letters() -> None:
    make_ada()
    erase_person(address=f"  {ADA.upper()} ")
    assert standing(ADA, NAME) == []


def test_colleagues_of_the_person_stay() -> None:
    make_ada()
    before = Place.objects.filter(email=BO).count()
    erase_person(address=ADA)
    assert Place.objects.filter(email=BO, name="Bo Sampleson").count() == before
    assert OutboxMessage.objects.filter(to=BO).exclude(text="").exists()


def test_a_longer_address_is_somebody_else() -> None:
    others = [f"x{ADA}", f"x.{ADA}", f"{ADA}.uk"]
    cohort = past_cohort()
    book(cohort, *(Attendee(f"Other {n}", each) for n, each in enumerate(others[:2])))
    make_enquiry(name="Other", email=others[2], note=f"Wrote as {others[2]} and {others[0]}.")
    erase_person(address=ADA)
    assert set(Place.objects.values_list("email", flat=True)) == set(others[:2])
    assert Enquiry.objects.get().note == f"Wrote as {others[2]} and {others[0]}."


def test_figures_of_a_cohort_that_is_over_are_the_same_before_and_after() -> None:
    over, _ = make_ada()
    before, seats = figures(), Cohort.objects.get(pk=over.cohort_id).seats_taken
    erase_person(address=ADA)
    assert figures() == before
    assert Cohort.objects.get(pk=over.cohort_id).seats_taken == seats
    assert Place.objects.filter(cohort=over.cohort, state=PlaceState.BOOKED).count() == 2


def test_a_place_that_is_to_come_goes_to_who_waits() -> None:
    cohort = make_cohort(capacity=1)
    book(cohort, Attendee(NAME, ADA))
    waiting = WaitingEntry.objects.create(
        cohort=cohort, kind="place", name="Bo", email=BO, consent_version="2026-11"
    )
    erase_person(address=ADA)
    waiting.refresh_from_db()
    assert waiting.state == WaitingState.OFFERED
    assert Place.objects.get().state == PlaceState.CANCELLED
    assert Cohort.objects.get(pk=cohort.pk).seats_taken == 1


def test_nobody_writes_to_an_erased_person() -> None:
    cohort = make_cohort()
    book(cohort, Attendee(NAME, ADA), Attendee("Bo", BO))
    send_due()
    mail.outbox.clear()
    erase_person(address=ADA)
    send_due()
    assert [to for each in mail.outbox for to in each.to if NOBODY in to or to == ADA] == []


def test_mails_that_wait_to_be_sent_are_dropped() -> None:
    booking = book(make_cohort(), Attendee(NAME, ADA))
    assert OutboxMessage.objects.filter(to=ADA, booking=booking).exists()
    erase_person(address=ADA)
    send_due()
    assert ADA not in [to for each in mail.outbox for to in each.to]


def test_two_erased_people_on_one_cohort_do_not_collide() -> None:
    cohort = past_cohort()
    book(cohort, Attendee(NAME, ADA), Attendee("Bo", BO))
    erase_person(address=ADA)
    erase_person(address=BO)
    addresses = set(Place.objects.values_list("email", flat=True))
    assert len(addresses) == 2
    assert all(each.endswith(f"@{NOBODY}") for each in addresses)


def test_somebody_erased_may_come_again() -> None:
    cohort = past_cohort()
    book(cohort, Attendee(NAME, ADA))
    erase_person(address=ADA)
    book(cohort, Attendee(NAME, ADA))
    assert Place.objects.filter(email=ADA).count() == 1


def test_old_private_links_open_nothing() -> None:
    booking = book(past_cohort(), Attendee(NAME, ADA), booker=Attendee(NAME, ADA))
    Booking.objects.update(invoice_state=InvoiceState.NOTHING)
    urls = [booking.url, booking.places.get().url]
    erase_person(address=ADA)
    assert [Client().get(url).status_code for url in urls] == [404, 404]


def test_the_code_of_a_certificate_is_still_known() -> None:
    make_ada()
    code = Certificate.objects.get().code
    erase_person(address=ADA)
    assert Certificate.objects.get(code=code).name == ""


def test_an_invoice_must_be_settled_first() -> None:
    booking = book(past_cohort(), Attendee("Bo", BO), booker=Attendee(NAME, ADA))
    assert booking.invoice_state == InvoiceState.REQUESTED
    with pytest.raises(NotYet, match=booking.reference):
        erase_person(address=ADA)
    assert standing(ADA)
    assert not Run.objects.exists()


def test_a_colleague_who_signs_in_must_be_switched_off_first() -> None:
    user = User.objects.create_user("ada", ADA, "pw", first_name="Ada", last_name="Sampleton")
    with pytest.raises(NotYet, match="account"):
        erase_person(address=ADA)
    user.is_active = False
    user.save()
    erase_person(address=ADA)
    user.refresh_from_db()
    assert (user.email, user.first_name, user.last_name, user.password) == ("", "", "", "")
    assert user.username.startswith("erased-")


def test_two_colleagues_may_be_erased() -> None:
    for name in ("ada", "bo"):
        User.objects.create_user(name, f"{name}@trust.example", "pw", is_active=False)
        erase_person(address=f"{name}@trust.example")
    assert not User.objects.filter(username__in=["ada", "bo"]).exists()


def test_the_contact_of_the_site_must_be_changed_first(home: HomePage) -> None:
    SiteSettings.objects.create(site=home.get_site(), contact_email=ADA)
    with pytest.raises(NotYet, match="contact e-mail"):
        erase_person(address=ADA)


def test_a_page_with_the_address_must_be_mended_first_and_its_history_follows(
    home: HomePage,
) -> None:
    page = make_page(StandardPage, home, title="Ask us", body=words(f"Write to {ADA}.\n{ADA}"))
    with pytest.raises(NotYet, match="Ask us"):
        erase_person(address=ADA)
    page.body = words("Write to the office.")
    page.save_revision().publish()
    assert Revision.objects.filter(content__icontains=ADA).exists()
    erase_person(address=ADA)
    assert standing(ADA) == []
    assert "Write to Erased." in str(
        Revision.objects.filter(object_id=page.pk).earliest("pk").content
    )


def words(text: str) -> str:
    return json.dumps([{"type": "text", "value": f"<p>{text}</p>"}])


def test_what_the_search_holds_goes_too(home: HomePage) -> None:
    AskedQuestion.objects.create(day="2026-01-01", text=f"who is {ADA}", asked=1)
    IndexedRow.objects.create(
        key="x", page_id=home.pk, kind="page", date="2026-01-01", title=ADA, url="/", body=ADA
    )
    erase_person(address=ADA)
    assert standing(ADA) == []


def test_the_log_of_a_deleted_enquiry_names_nobody() -> None:
    enquiry = make_enquiry(name=NAME, email=ADA)
    log(instance=enquiry, action="wagtail.create")
    erase_person(address=ADA)
    assert ModelLogEntry.objects.get(object_id=str(enquiry.pk)).label == "Erased"


def test_a_receipt_counts_and_names_nobody() -> None:
    make_ada()
    administrator = make_administrator()
    run = erase_person(address=ADA, by=administrator)
    assert (run.kind, run.by) == (RunKind.ERASURE, administrator)
    assert run.counts["Places: who attends"] == 2
    assert ADA not in str(run.counts)


def test_the_history_of_each_cohort_notes_it_by_number() -> None:
    over, ahead = make_ada()
    erase_person(address=ADA)
    noted = ModelLogEntry.objects.filter(action="courses.person_erased")
    assert {entry.object_id for entry in noted} == {str(over.cohort_id), str(ahead.cohort_id)}


def test_looking_changes_nothing() -> None:
    make_ada()
    before = list(everything())
    held = what_is_held(ADA)
    assert held.counts["Places: who attends"] == 2
    assert list(everything()) == before


def test_looking_shows_where_somebody_of_that_name_stands(home: HomePage) -> None:
    make_enquiry(name=NAME, email=ADA)
    page = make_page(StandardPage, home, title=f"A talk with {NAME}")
    assert page.pk in [hint.row.pk for hint in what_is_held(ADA).hints]


def test_an_unknown_address_is_erased_without_a_trace() -> None:
    assert erase_person(address=ADA).counts == {}


@pytest.mark.parametrize("address", ["", "ada", "a@b@c", f"erased-1@{NOBODY}", " @"])
def test_what_is_no_address_of_a_person_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="no e-mail address"):
        erase_person(address=address)


def test_organisers_do_not_have_the_right() -> None:
    assert not Group.objects.filter(permissions__codename="erase_people").exists()
