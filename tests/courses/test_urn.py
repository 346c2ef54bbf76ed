"""A URN is six digits; whoever types something else reads so, and loses nothing."""

import pytest
from django.test import Client

from courses.models import Booking, Cohort
from tests.courses.factories import registration_form


@pytest.mark.parametrize("typed", ["12", "1234567", "12345a", "١٢٣٤٥٦", "URN 1234"])
def test_what_is_no_urn_is_refused_and_kept_in_its_field(
    client: Client, cohort: Cohort, typed: str
) -> None:
    shown = client.post(cohort.register_url, registration_form(urn=typed)).content.decode()
    assert "URN: a URN has six digits, such as 123456." in shown
    assert f'value="{typed}"' in shown
    assert not Booking.objects.exists()


@pytest.mark.parametrize("typed", ["107440", " 107440 ", ""])
def test_six_digits_or_none_are_taken(client: Client, cohort: Cohort, typed: str) -> None:
    client.post(cohort.register_url, registration_form(urn=typed))
    assert Booking.objects.get().organisation.urn == typed.strip()
