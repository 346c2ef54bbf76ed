"""The log of the site holds numbers of rows, never a name or an address."""

import logging
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from courses.models import Booking, Cohort, OutboxMessage
from courses.services import send_due
from privacy.erasing import erase_person
from privacy.exporting import export_person
from tests.courses.factories import registration_form
from tests.privacy.factories import ADA, NAME, make_administrator

SECRETS = (ADA, NAME, "linkworker@school.example", "Sample link worker", "office@school.example")


class Refusing(EmailBackend):
    """A mail server that names whom it refuses, as real ones do."""

    def send_messages(self, messages: Any) -> int:
        raise SMTPRecipientsRefused({messages[0].to[0]: (450, b"try later")})


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Everything but the statements of the database, which only DEBUG shows."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, logger="django.db.backends")
    return caplog


def register(cohort: Cohort) -> None:
    form = registration_form(person_1=NAME, person_1_email=ADA)
    assert Client().post(cohort.register_url, form).status_code == 302


def test_nothing_of_a_person_is_logged(
    cohort: Cohort, log: pytest.LogCaptureFixture, settings: Any
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    register(cohort)
    send_due()
    assert ADA in "".join(OutboxMessage.objects.values_list("last_error", flat=True))
    Booking.objects.update(invoice_state="nothing")
    export_person(address=ADA, by=make_administrator())
    erase_person(address=ADA)
    assert "was erased" in log.text
    assert "not sent" in log.text
    assert [secret for secret in SECRETS if secret in log.text] == []


def test_an_address_that_an_administrator_types_is_not_logged(
    cohort: Cohort, log: pytest.LogCaptureFixture
) -> None:
    register(cohort)
    client = Client()
    client.force_login(make_administrator())
    for path in ("", "export/", "erase/"):
        answer = client.post(f"/admin/privacy/person/{path}", {"address": ADA, "typed": "other"})
        assert answer.status_code in {200, 422}
    assert [secret for secret in SECRETS if secret in log.text] == []
