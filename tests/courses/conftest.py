import pytest
from django.core.cache import cache

from courses.models import Cohort, ProgrammePage
from home.models import HomePage
from tests.courses.factories import make_cohort, make_programme


@pytest.fixture(autouse=True)
def nobody_has_sent_anything() -> None:
    """Limits an hour are kept in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def programme(home: HomePage) -> ProgrammePage:
    return make_programme()


@pytest.fixture
def cohort(programme: ProgrammePage) -> Cohort:
    return make_cohort(programme)
