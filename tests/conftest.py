from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from wagtail.models import Site

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
    """Before the database is made: its tables from an earlier run."""
    creation: Any = connection.creation
    name = creation._get_test_db_name()
    held = migrated.fill(name) if "mode=memory" in name else None
    yield
    if held is not None:
        held.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            migrated.keep()


@pytest.fixture
def home(db: None) -> HomePage:
    Site.clear_site_root_paths_cache()
    return make_home()
