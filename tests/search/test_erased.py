"""An erased person is gone from the engine beside the database, too."""

import json
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from home.models import HomePage, StandardPage
from privacy.erasing import erase_person
from search.engines.elasticsearch import ElasticsearchEngine
from search.models import IndexedRow
from search.services import index_page, send_pending
from tests.factories import make_page
from tests.privacy.factories import standing
from tests.search.conftest import ADDRESS, needs_elasticsearch

pytestmark = [pytest.mark.django_db, needs_elasticsearch]
ZOE = "zoe@school.example"


def body(text: str) -> str:
    return json.dumps([{"type": "text", "value": f"<p>{text}</p>"}])


def documents(engine: ElasticsearchEngine) -> str:
    """Everything that the server holds in this index, as text."""
    with Elasticsearch(ADDRESS) as client:
        client.indices.refresh(index=engine.alias)
        return str(client.search(index=engine.alias, size=1000)["hits"]["hits"])


def published(home: HomePage) -> StandardPage:
    page = make_page(StandardPage, home, title="Ask us", body=body(f"Write to Quibbleton, {ZOE}."))
    page.save_revision().publish()
    index_page(page.pk)
    send_pending()
    return page


def test_a_mended_page_is_sent_anew(
    home: HomePage,
    elasticsearch: ElasticsearchEngine,
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = published(home)
    assert "quibbleton" in documents(elasticsearch)
    StandardPage.objects.filter(pk=page.pk).update(body=body("Write to the office."))
    page.revisions.update(content={})
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(address=ZOE)
    assert "quibbleton" not in documents(elasticsearch)
    assert not IndexedRow.objects.filter(pending=True).exists()
    assert standing(ZOE, "quibbleton") == []


def test_a_page_that_was_deleted_is_forgotten(
    home: HomePage,
    elasticsearch: ElasticsearchEngine,
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = published(home)
    page.delete()
    assert IndexedRow.objects.filter(body__contains=ZOE).exists()
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(address=ZOE)
    assert "quibbleton" not in documents(elasticsearch)
    assert standing(ZOE, "quibbleton") == []
