import pytest
from django.test import Client

from courses.models import Cohort, ProgrammePage
from home.models import HomePage
from tests.courses.factories import make_cohort, make_organiser, make_programme


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
