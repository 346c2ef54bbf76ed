"""Elasticsearch down, slow or empty: the database answers, and readers are told nothing."""

import socket
import time
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from home.models import HomePage
from search.engines import beside_engine, engine, fallback
from search.engines.base import EngineError
from search.engines.elasticsearch import ElasticsearchEngine
from search.finding import find, suggest
from search.models import IndexedRow
from search.services import send_or_wait, send_pending
from tests.search.conftest import needs_elasticsearch
from tests.search.factories import make_found


@pytest.fixture
def silent_node(settings: Settings, home: HomePage) -> Iterator[str]:
    """It takes every connection and never says a word."""
    make_found("Corridors")
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{server.getsockname()[1]}"
        yield settings.ELASTICSEARCH_URL


@pytest.fixture
def dead_node(settings: Settings, home: HomePage) -> None:
    """Nothing listens there."""
    make_found("Corridors")
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.usefixtures("dead_node")
def test_a_dead_node_is_answered_for(client: Client) -> None:
    assert find("corridors").count == 1
    assert [each.title for each in suggest("corr")] == ["Corridors"]
    assert b"1 place" in client.get("/search/", {"q": "corridors"}).content


@pytest.mark.usefixtures("silent_node")
def test_a_slow_node_is_waited_for_once_and_briefly() -> None:
    began = time.monotonic()
    assert [find("corridors").count for _ in range(5)] == [1] * 5
    assert time.monotonic() - began < 3


@pytest.mark.usefixtures("dead_node")
def test_a_failure_is_logged_once_a_pause(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(5):
        find("corridors")
    warnings = [each for each in caplog.records if each.name == "search.engines.fallback"]
    assert len(warnings) == 1


@pytest.mark.usefixtures("dead_node")
def test_what_a_dead_node_did_not_take_waits() -> None:
    IndexedRow.objects.update(pending=True)
    send_or_wait()
    assert IndexedRow.objects.filter(pending=True).count() == 1
    with pytest.raises(EngineError):
        send_pending()


@pytest.mark.usefixtures("dead_node")
def test_health_says_that_a_node_is_dead() -> None:
    with pytest.raises(CommandError, match="Elasticsearch"):
        call_command("search_health")
    assert not engine().health().ok


@pytest.mark.usefixtures("dead_node")
def test_a_rebuild_in_a_dead_node_says_so() -> None:
    with pytest.raises(CommandError, match="The old index stays"):
        call_command("rebuild_search", engine="elasticsearch")


@needs_elasticsearch
def test_an_index_that_was_never_built_is_answered_for(
    elasticsearch: ElasticsearchEngine, settings: Settings, home: HomePage
) -> None:
    make_found("Corridors")
    settings.SEARCH_INDEX = "test-never-built"
    assert find("corridors").count == 1
    beside = beside_engine()
    assert beside
    assert "rebuild_search" in beside.health().detail
    IndexedRow.objects.update(pending=True)
    with pytest.raises(EngineError):
        send_pending()


@needs_elasticsearch
def test_a_node_that_comes_back_gets_what_it_missed_and_answers_again(
    elasticsearch: ElasticsearchEngine, settings: Settings, home: HomePage
) -> None:
    address = settings.ELASTICSEARCH_URL
    settings.ELASTICSEARCH_URL = ""
    make_found("Corridors")
    settings.ELASTICSEARCH_URL = address
    assert find("corridors").count == 0
    assert not elasticsearch.health().ok
    send_pending()
    assert find("corridors").count == 1
    assert elasticsearch.health().ok


@needs_elasticsearch
def test_a_node_killed_between_two_questions_is_answered_for(
    elasticsearch: ElasticsearchEngine, home: HomePage
) -> None:
    make_found("Corridors")
    assert find("corridors").count == 1
    elasticsearch.drop(elasticsearch.indices()[0])
    assert find("corridors").count == 1
    fallback.forgive(elasticsearch)
    with pytest.raises(EngineError):
        elasticsearch.suggest(["corr"], 8)
