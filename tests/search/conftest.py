"""The engines that this run has: the database's own always, Elasticsearch where it is set."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.conf import settings
from pytest_django import Settings

from home.models import HomePage
from search.engines import fallback
from search.engines.elasticsearch import ElasticsearchEngine, elasticsearch_engine
from search.services import rebuild

ADDRESS = settings.ELASTICSEARCH_URL
needs_elasticsearch = pytest.mark.skipif(not ADDRESS, reason="ELASTICSEARCH_URL is not set")
ENGINES = ["database", pytest.param("elasticsearch", marks=needs_elasticsearch)]


@pytest.fixture(autouse=True)
def in_the_database(settings: Settings) -> None:
    """Whatever the environment has: a test says itself when it wants Elasticsearch."""
    settings.ELASTICSEARCH_URL = ""


@pytest.fixture
def elasticsearch(db: None, settings: Settings) -> Iterator[ElasticsearchEngine]:
    """An index of its own on the node, empty; readers' questions go to it."""
    settings.ELASTICSEARCH_URL = ADDRESS
    settings.SEARCH_INDEX = f"test-{uuid4().hex[:12]}"
    engine = elasticsearch_engine(ADDRESS, settings.SEARCH_INDEX)
    rebuild(engine, lambda what, count: None)
    yield engine
    fallback.forgive(engine)
    for name in engine.indices():
        engine.drop(name)


@pytest.fixture(params=ENGINES)
def on_each_engine(request: pytest.FixtureRequest, home: HomePage) -> str:
    """The test runs once an engine; `home` stands."""
    if request.param == "elasticsearch":
        request.getfixturevalue("elasticsearch")
    return str(request.param)
