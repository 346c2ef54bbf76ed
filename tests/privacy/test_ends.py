"""What has an end: shown before it comes, and exactly what the dry run said."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import Enquiry
from courses.enums import InvoiceState, MessageState
from courses.models import Booking, Certificate, OutboxMessage
from courses.services import Attendee, send_due
from privacy.erasing import erase_person
from privacy.registry import RULES, Rule
from privacy.retention import keep_no_longer, outlook, what_is_due
from tests.privacy.factories import (
    ADA,
    NAME,
    book,
    came,
    make_ada,
    make_administrator,
    make_enquiry,
    past_cohort,
)

pytestmark = pytest.mark.usefixtures("home")
OPEN = "Enquiries that nobody closed, two years after they came"


def asked(days_ago: int, **fields: Any) -> Enquiry:
    return make_enquiry(
        name=NAME, email=ADA, created_at=timezone.now() - timedelta(days=days_ago), **fields
    )


def test_an_enquiry_that_nobody_closes_goes_after_two_years() -> None:
    asked(731)
    asked(731, state="answered")
    kept = asked(729)
    keep_no_longer()
    assert list(Enquiry.objects.all()) == [kept]


def test_one_that_is_closed_late_is_kept_for_its_year() -> None:
    kept = asked(900, state="closed")
    keep_no_longer()
    assert list(Enquiry.objects.all()) == [kept]


def test_an_enquiry_says_until_when_it_is_kept() -> None:
    enquiry = asked(10)
    assert enquiry.kept_until == enquiry.created_at + timedelta(days=730)
    enquiry.state = "closed"
    enquiry.save()
    assert enquiry.closed_at is not None
    assert enquiry.kept_until == enquiry.closed_at + timedelta(days=365)


def test_the_list_of_enquiries_says_it() -> None:
    enquiry = asked(10)
    client = Client()
    client.force_login(make_administrator())
    shown = client.get("/admin/enquiries/").content.decode()
    assert f"{timezone.localtime(enquiry.kept_until):%-d %b %Y}" in shown


def test_what_goes_in_the_next_month_is_shown_before(capsys: Any) -> None:
    asked(710)
    (ahead,) = [each for each in outlook() if each.words == OPEN]
    assert (ahead.now, ahead.later) == (0, 1)
    call_command("retention", "--dry-run")
    assert f"      1  {OPEN}" in capsys.readouterr().out.partition("In the 30 days after")[2]
    client = Client()
    client.force_login(make_administrator())
    assert OPEN in client.get("/admin/privacy/runs/").content.decode()


def a_bit_of_everything() -> None:
    """Also rows that two rules could claim: old words of a cohort whose time is over."""
    make_ada()
    over = book(past_cohort(months_ago=13), Attendee(NAME, ADA), Attendee("Bo", "bo@x.example"))
    Booking.objects.update(invoice_state=InvoiceState.NOTHING)
    came(over.places.get(email=ADA))
    send_due()
    book(past_cohort(months_ago=14), Attendee("Cy", "cy@x.example"))
    old = timezone.now() - timedelta(days=100)
    OutboxMessage.objects.filter(state=MessageState.SENT).update(sent_at=old, created_at=old)
    asked(800)
    closed = asked(800, state="closed")
    Enquiry.objects.filter(pk=closed.pk).update(closed_at=timezone.now() - timedelta(days=400))
    asked(3)


def test_a_run_takes_exactly_the_rows_of_the_dry_run(monkeypatch: pytest.MonkeyPatch) -> None:
    a_bit_of_everything()
    now = timezone.now()
    due = {name: set(rule.due(now).values_list("pk", flat=True)) for name, rule in RULES.items()}
    counted = what_is_due()
    taken: dict[str, set[Any]] = {name: set() for name in RULES}

    def noting(rule: Rule) -> Rule:
        def forget(rows: Any) -> None:
            taken[rule.name] |= set(rows.values_list("pk", flat=True))
            rule.forget(rows)

        return Rule(rule.name, rule.words, rule.due, forget)

    for name, rule in list(RULES.items()):
        monkeypatch.setitem(RULES, name, noting(rule))
    run = keep_no_longer()
    assert sum(map(len, due.values())) > 8
    assert taken == due
    assert run.counts == counted


# Certificates ------------------------------------------------------------------------------------


def test_a_certificate_without_its_name_says_so_and_stays_valid() -> None:
    make_ada()
    certificate = Certificate.objects.get()
    erase_person(address=ADA)
    shown = Client().get(certificate.url).content.decode()
    assert "This certificate is valid" in shown
    assert "We keep the name for some time only" in shown
    assert "Certificate (PDF)" not in " ".join(shown.split())


def test_a_paper_without_a_name_is_not_made() -> None:
    make_ada()
    certificate = Certificate.objects.get()
    paper = reverse("courses:certificate_pdf", args=[certificate.code])
    assert Client().get(paper).status_code == 200
    erase_person(address=ADA)
    assert Client().get(paper).status_code == 404
