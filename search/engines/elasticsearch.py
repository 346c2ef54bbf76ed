"""Elasticsearch, by its own client. An index a rebuild, readers ask by an alias.

Only what the smallest node has is asked of it: no scripts, no reindex, no delete by query. What
readers may not see is left out of every question, so that counts are right before the worker has
taken it out of the index.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError
from elasticsearch.helpers import BulkIndexError, bulk

from search.engines.base import (
    BATCH,
    FACETS,
    OWN,
    WEIGHTS,
    EngineError,
    Found,
    Health,
    Question,
    texts,
)
from search.models import IndexedRow
from search.query import Query, Term

PATIENCE = 1.5  # seconds that a reader waits before the database answers instead
LONGER = 60.0  # for indexing
MOST_VALUES = 200  # of one facet
FAILURES = (ApiError, TransportError, BulkIndexError)

SETTINGS = {
    "number_of_shards": 1,
    "number_of_replicas": 0,
    "analysis": {
        "filter": {"porter": {"type": "stemmer", "language": "english"}},
        "analyzer": {
            "words": {"tokenizer": "standard", "filter": ["lowercase", "porter"]},
            "plain": {"tokenizer": "standard", "filter": ["lowercase"]},
        },
    },
}
MAPPINGS = {
    "dynamic": False,
    "properties": {
        **{name: {"type": "text", "analyzer": "words"} for name in WEIGHTS},
        **{f"facet_{name}": {"type": "keyword"} for name in FACETS},
        "page_id": {"type": "long"},
        "live": {"type": "boolean"},
        "public": {"type": "boolean"},
        "date": {"type": "date"},
        "title_words": {"type": "text", "analyzer": "plain"},
        "title_length": {"type": "integer"},
    },
}


@lru_cache(maxsize=4)
def elasticsearch_engine(url: str, alias: str) -> "ElasticsearchEngine":
    return ElasticsearchEngine(url, alias)


class ElasticsearchEngine:
    name = "Elasticsearch"

    def __init__(self, url: str, alias: str) -> None:
        self.alias = alias
        client = Elasticsearch(url, max_retries=0, retry_on_timeout=False)
        self.quick = client.options(request_timeout=PATIENCE)
        self.client = client.options(request_timeout=LONGER)

    # Keeping ------------------------------------------------------------------------------------

    def index(self, rows: Sequence[IndexedRow]) -> None:
        if rows:
            self.send(self.alias, ({"_id": str(row.pk), "_source": document(row)} for row in rows))

    def delete(self, ids: Sequence[int]) -> None:
        actions = [{"_op_type": "delete", "_id": str(pk)} for pk in ids]
        if actions:
            self.send(self.alias, actions, forgiven=404)

    def send(self, index: str, actions: Iterable[dict[str, Any]], forgiven: int = 0) -> None:
        """Send a bulk; raises EngineError unless all of it was taken."""
        try:
            _, failures = bulk(
                self.client,
                ({**action, "_index": index} for action in actions),
                chunk_size=BATCH,
                raise_on_error=False,
                refresh=index == self.alias,
                require_alias=index == self.alias,  # never make an index by writing to it
            )
        except FAILURES as error:
            raise EngineError(str(error)) from error
        listed = failures if isinstance(failures, list) else []
        told = [next(iter(failure.values())) for failure in listed]
        refused = [each for each in told if each.get("status") != forgiven]
        if refused:
            raise EngineError(f"{len(refused)} refused, the first: {refused[0]}")

    def rebuild(self, batches: Iterable[Sequence[IndexedRow]]) -> int:
        following = f"{self.alias}-{time.time_ns()}"
        count = 0
        try:
            self.client.indices.create(index=following, settings=SETTINGS, mappings=MAPPINGS)
            for batch in batches:
                self.send(following, ({"_id": str(r.pk), "_source": document(r)} for r in batch))
                count += len(batch)
            self.client.indices.refresh(index=following)
            self.swap(following)
        except BaseException as error:
            self.drop(following)
            if isinstance(error, FAILURES):
                raise EngineError(str(error)) from error
            raise
        return count

    def swap(self, following: str) -> None:
        """Point the alias to the new index and drop the older ones, in one step."""
        actions: list[dict[str, Any]] = [{"add": {"index": following, "alias": self.alias}}]
        for name in self.indices():
            if name < following:
                actions.append({"remove_index": {"index": name}})
            elif name > following:  # of a rebuild that began later and was quicker
                of_alias = {"index": name, "alias": self.alias, "must_exist": False}
                actions.append({"remove": of_alias})
        self.client.indices.update_aliases(actions=actions)

    def indices(self) -> list[str]:
        """Ours, oldest first; their names end in the time they were made."""
        found = self.client.indices.get(index=f"{self.alias}-*", features="aliases").body
        return sorted(name for name in found if name[len(self.alias) + 1 :].isdigit())

    def drop(self, index: str) -> None:
        try:
            self.client.indices.delete(index=index, ignore_unavailable=True)
        except FAILURES:
            return  # the node is gone; the next rebuild drops what is left over

    # Asking -------------------------------------------------------------------------------------

    def search(self, question: Question) -> Found:
        filters = {
            name: {"terms": {f"facet_{name}": list(values)}}
            for name, values in question.chosen.items()
        }
        answer = self.ask(
            query=scored(question.query, question.match),
            post_filter={"bool": {"filter": list(filters.values())}},
            aggs={name: counted(name, filters) for name in FACETS},
            sort=ORDERS[question.sort],
            from_=question.offset,
            size=question.limit,
            track_total_hits=True,
        )
        return Found(
            [int(each["_id"]) for each in answer["hits"]["hits"]],
            int(answer["hits"]["total"]["value"]),
            {name: buckets(answer["aggregations"][name]) for name in FACETS},
        )

    def suggest(self, words: Sequence[str], limit: int) -> list[int]:
        must = [{"prefix": {"title_words": {"value": word}}} for word in words]
        answer = self.ask(
            query={"bool": {"filter": [*must, *visible()]}},
            sort=[{"title_length": "asc"}],
            size=limit,
        )
        return [int(each["_id"]) for each in answer["hits"]["hits"]]

    def ask(self, **parts: Any) -> Mapping[str, Any]:
        try:
            answer = self.quick.search(index=self.alias, source=False, timeout="1s", **parts).body
        except FAILURES as error:
            raise EngineError(str(error)) from error
        if answer["timed_out"] or answer["_shards"]["failed"]:
            raise EngineError("only a part of the index answered in time")
        return answer

    def health(self) -> Health:
        try:
            state = self.quick.cluster.health()["status"]
            count = int(self.quick.count(index=self.alias)["count"])
        except NotFoundError:
            return Health(self.name, False, 0, "The index is not built: run rebuild_search.")
        except FAILURES as error:
            return Health(self.name, False, 0, str(error))
        pending = IndexedRow.objects.filter(pending=True).count()
        notes = [f"{pending} rows wait to be sent."] if pending else []
        if state == "red":
            notes.append("The cluster is red.")
        return Health(self.name, not notes, count, " ".join(notes))


ORDERS: dict[str, list[Any]] = {
    "best": [{"_score": "desc"}, {"page_id": "asc"}],
    "newest": [{"date": {"order": "desc", "missing": "_last"}}, {"_score": "desc"}],
}


def document(row: IndexedRow) -> dict[str, Any]:
    labels = {f"facet_{name}": row.facets.get(name, []) for name in FACETS}
    return {
        **texts(row)._asdict(),
        **labels,
        "facet_kind": row.kind,
        "page_id": row.page_id,
        "live": row.live,
        "public": row.public,
        "date": row.date,
        "title_words": row.title_words,
        "title_length": len(row.title_words),
    }


def scored(query: Query, match: str) -> dict[str, Any]:
    """All terms (or any), one of them in the row's own words; echoes only add to the score."""
    terms = [either(term, tuple(WEIGHTS)) for term in query.terms]
    own = {"bool": {"should": [either(term, OWN) for term in query.terms]}}
    echoes = [phrase(words, tuple(WEIGHTS)) for words in query.echoes]
    required = terms if match == "all" else []
    return {
        "bool": {
            "filter": [{"bool": {**own["bool"], "minimum_should_match": 1}}, *visible()],
            "must": required,
            "should": [*(terms if match == "any" else []), *echoes],
        }
    }


def either(term: Term, fields: Sequence[str]) -> dict[str, Any]:
    """The best of the alternatives counts, so that having many is no advantage."""
    return {"dis_max": {"queries": [phrase(words, fields) for words in term.alternatives]}}


def phrase(words: Sequence[str], fields: Sequence[str]) -> dict[str, Any]:
    return {
        "multi_match": {
            "query": " ".join(words),
            "type": "phrase",
            "fields": [f"{name}^{WEIGHTS[name]}" for name in fields],
            "tie_breaker": 1.0,
        }
    }


def visible() -> list[dict[str, Any]]:
    state: list[dict[str, Any]] = [{"term": {"live": True}}, {"term": {"public": True}}]
    hidden = IndexedRow.objects.all().hidden_pages()
    if hidden:
        state.append({"bool": {"must_not": [{"terms": {"page_id": hidden}}]}})
    return state


def counted(name: str, filters: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Count the values of a facet under the choices of the others."""
    others = [each for other, each in filters.items() if other != name]
    return {
        "filter": {"bool": {"filter": others}},
        "aggs": {"values": {"terms": {"field": f"facet_{name}", "size": MOST_VALUES}}},
    }


def buckets(aggregation: Mapping[str, Any]) -> dict[str, int]:
    return {each["key"]: int(each["doc_count"]) for each in aggregation["values"]["buckets"]}
