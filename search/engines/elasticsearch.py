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

from search.engines.base import BATCH, EngineError, Found, Health, Question
from search.engines.elasticsearch_json import (
    FORM,
    SETTINGS,
    asked,
    document,
    form_of,
    found,
    made,
    visible,
)
from search.models import IndexedRow

PATIENCE = 1.5  # seconds that a reader waits before the database answers instead
LONGER = 60.0  # for indexing
FAILURES = (ApiError, TransportError, BulkIndexError)


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
            self.client.indices.create(index=following, settings=SETTINGS, mappings=made())
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
        return found(self.ask(**asked(question)))

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
            forms = self.quick.indices.get_mapping(index=self.alias).body.values()
        except NotFoundError:
            return Health(self.name, False, 0, "The index is not built: run rebuild_search.")
        except FAILURES as error:
            return Health(self.name, False, 0, str(error))
        if any(form_of(each) != FORM for each in forms):
            return Health(
                self.name, False, 0, "An older release made the index: run rebuild_search."
            )
        pending = IndexedRow.objects.filter(pending=True).count()
        notes = [f"{pending} rows wait to be sent."] if pending else []
        if state == "red":
            notes.append("The cluster is red.")
        return Health(self.name, not notes, count, " ".join(notes))
