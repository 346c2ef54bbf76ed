"""An index of Elasticsearch that the first release made: answered for, then built anew by a start.

That index knew no places: it counted every line of a talk by itself, and said nothing of its form.
"""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from home.models import HomePage
from search.engines.base import EngineError, Question
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_json import MAPPINGS, SETTINGS, document
from search.finding import find
from search.models import IndexedRow
from search.query import parse
from tests.search.conftest import needs_elasticsearch
from tests.search.factories import make_found

pytestmark = needs_elasticsearch
CORRIDORS = Question(query=parse("corridors"), need=1)


@pytest.fixture
def older(elasticsearch: ElasticsearchEngine, home: HomePage) -> ElasticsearchEngine:
    """The code is the present one, the index was made and filled by the first release."""
    make_found("Corridors")
    known = {
        name: of for name, of in MAPPINGS["properties"].items() if name not in ("place", "row")
    }
    name, client = f"{elasticsearch.alias}-1", elasticsearch.client
    client.indices.create(index=name, settings=SETTINGS, mappings={**MAPPINGS, "properties": known})
    for row in IndexedRow.objects.all():
        source = {field: value for field, value in document(row).items() if field in known}
        client.index(index=name, id=str(row.pk), document=source, refresh=True)
    newer = [{"remove_index": {"index": each}} for each in elasticsearch.indices() if each != name]
    mine = {"add": {"index": name, "alias": elasticsearch.alias}}
    client.indices.update_aliases(actions=[mine, *newer])
    return elasticsearch


def start() -> str:
    """What `make run` and the containers do at every start."""
    said = StringIO()
    call_command("rebuild_search", "--if-needed", stdout=said)
    return said.getvalue()


def test_readers_are_answered_by_the_database_until_it_is_built_anew(
    older: ElasticsearchEngine,
) -> None:
    assert older.client.count(index=older.alias)["count"] == IndexedRow.objects.count() == 1
    with pytest.raises(EngineError):
        older.search(CORRIDORS)
    assert find("corridors").count == 1


def test_its_health_says_what_to_do(older: ElasticsearchEngine) -> None:
    said = StringIO()
    with pytest.raises(CommandError, match="Not well: Elasticsearch"):
        call_command("search_health", stdout=said)
    assert "An older release made the index: run rebuild_search." in said.getvalue()


def test_the_next_start_builds_it_anew_and_drops_the_old_one(older: ElasticsearchEngine) -> None:
    before = older.indices()
    assert "Elasticsearch: " in start()
    assert (len(older.indices()), set(older.indices()) & set(before)) == (1, set())
    assert (older.health().ok, older.health().rows) == (True, IndexedRow.objects.count())
    assert older.search(CORRIDORS).count == 1


def test_the_start_after_that_leaves_it_alone(older: ElasticsearchEngine) -> None:
    start()
    built = older.indices()
    assert (start(), older.indices()) == ("", built)
