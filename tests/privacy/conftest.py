"""The cohort that most tests book."""

import pytest

from courses.models import Cohort, ProgrammePage
from home.models import HomePage
from tests.courses.factories import make_cohort, make_programme


@pytest.fixture
def programme(home: HomePage) -> ProgrammePage:
    return make_programme()


@pytest.fixture
def cohort(programme: ProgrammePage) -> Cohort:
    return make_cohort(programme)
