import pytest
from hypothesis import HealthCheck, settings
from wagtail.models import Site

from home.models import HomePage
from tests.factories import make_home

# A busy machine is no fault of the code: no example fails for having taken long.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")


@pytest.fixture
def home(db: None) -> HomePage:
    Site.clear_site_root_paths_cache()
    return make_home()
