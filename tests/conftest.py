from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck, settings

from home.models import HomePage
from tests import migrated
from tests.factories import make_home

# A busy machine is no fault of the code: no example fails for having taken long.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """Before the database is made: its tables, from the copy that is kept."""
    creation: Any = connection.creation
    name = creation._get_test_db_name()
    held = migrated.fill(name) if "mode=memory" in name else None
    yield
    if held is not None:
        held.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Every test finds the home page there, as on a site; made for each, it cost most of many."""
    with django_db_blocker.unblock():
        make_home()


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """What another test has put there is about rows that are gone; the next ones get their keys."""
    cache.clear()


@pytest.fixture
def home(db: None) -> HomePage:
    return make_home()
