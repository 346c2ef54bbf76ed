import pytest
from django.test import Client

from courses.models import Booking, Cohort, Place, ProgrammePage
from home.models import HomePage
from tests.courses.factories import make_cohort, make_organiser, make_programme, make_registration


@pytest.fixture
def programme(home: HomePage) -> ProgrammePage:
    return make_programme()


@pytest.fixture
def cohort(programme: ProgrammePage) -> Cohort:
    return make_cohort(programme)


@pytest.fixture
def organiser(client: Client, cohort: Cohort) -> Client:
    client.force_login(make_organiser())
    return client


@pytest.fixture
def booking(cohort: Cohort) -> Booking:
    return make_registration(cohort, "one@school.example", "two@school.example").booking


@pytest.fixture
def place(booking: Booking) -> Place:
    return booking.places.get(email="one@school.example")


@pytest.fixture
def other(cohort: Cohort) -> Cohort:
    return make_cohort(cohort.programme, term="Summer term 2027")
