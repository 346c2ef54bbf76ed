"""What an organiser does on the roster, for the tests."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from courses.models import Cohort, Place
from tests.courses.factories import make_registration


def url_of(name: str, *args: Any) -> str:
    return reverse(f"courses_office:{name}", args=args)


def roster(client: Client, cohort: Cohort, asked: str = "") -> str:
    return client.get(f"{url_of('roster', cohort.pk)}?{asked}").content.decode()


def names(page: str) -> list[str]:
    return re.findall(r'aria-label="Choose ([^,]+),', page)


def act(client: Client, cohort: Cohort, deed: str, *places: Place, **fields: Any) -> Any:
    typed = {"deed": deed, "place": [place.pk for place in places], **fields}
    return client.post(url_of("act", cohort.pk), typed)


def agree(client: Client, cohort: Cohort, deed: str, asked: Any, **fields: Any) -> Any:
    """Press the button of the page that says what will happen."""
    seen = re.search(r'name="seen" value="([^"]*)"', asked.content.decode())
    assert seen
    return client.post(url_of("act", cohort.pk), {"deed": deed, "seen": seen.group(1), **fields})


def places_of(cohort: Cohort) -> list[Place]:
    return list(Place.objects.filter(cohort=cohort).order_by("pk"))


def book(cohort: Cohort, *addresses: str) -> list[Place]:
    return [make_registration(cohort, address).booking.places.get() for address in addresses]
