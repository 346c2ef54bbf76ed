import pytest
from wagtail.models import Site

from home.models import HomePage
from tests.factories import make_home


@pytest.fixture
def home(db: None) -> HomePage:
    Site.clear_site_root_paths_cache()
    return make_home()
