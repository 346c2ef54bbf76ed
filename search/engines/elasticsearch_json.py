"""What an index of Elasticsearch is made of, and what is asked of it, as its JSON."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from search.engines.base import FACETS, OWN, WEIGHTS, Found, Question, texts
from search.models import IndexedRow
from search.query import Query, Term

MOST_VALUES = 200  # of one facet
MOST_PLACES = 10_000  # up to which they are counted exactly; beyond, within some per cent
LIFT = 1_000.0  # what rows with all terms are ahead of the others; no score comes near

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
MAPPINGS: dict[str, Any] = {
    "dynamic": False,
    "properties": {
        **{name: {"type": "text", "analyzer": "words"} for name in WEIGHTS},
        **{f"facet_{name}": {"type": "keyword"} for name in FACETS},
        "page_id": {"type": "long"},
        "place": {"type": "long"},
        "row": {"type": "long"},
        "live": {"type": "boolean"},
        "public": {"type": "boolean"},
        "date": {"type": "date"},
        "title_words": {"type": "text", "analyzer": "plain"},
        "title_length": {"type": "integer"},
    },
}
# What an index was made for; another release may ask what an older index cannot answer.
FORM = hashlib.sha256(json.dumps([SETTINGS, MAPPINGS], sort_keys=True).encode()).hexdigest()[:12]
ORDERS: dict[str, list[Any]] = {
    "best": [{"_score": "desc"}, {"page_id": "asc"}],
    "newest": [{"date": {"order": "desc", "missing": "_last"}}, {"_score": "desc"}],
}


def made() -> dict[str, Any]:
    return {**MAPPINGS, "_meta": {"form": FORM}}


def form_of(index: Mapping[str, Any]) -> str:
    return str(index["mappings"].get("_meta", {}).get("form", ""))


def document(row: IndexedRow) -> dict[str, Any]:
    labels = {f"facet_{name}": row.facets.get(name, []) for name in FACETS}
    return {
        **texts(row)._asdict(),
        **labels,
        "facet_kind": row.kind,
        "page_id": row.page_id,
        "place": -row.page_id if row.is_moment else row.pk,
        "row": row.pk,
        "live": row.live,
        "public": row.public,
        "date": row.date,
        "title_words": row.title_words,
        "title_length": len(row.title_words),
    }


def asked(question: Question) -> dict[str, Any]:
    """One search: the best row of each place, how many rows it stands for, and all counts."""
    filters = {
        name: {"terms": {f"facet_{name}": list(values)}} for name, values in question.chosen.items()
    }
    passing = {"bool": {"filter": list(filters.values())}}
    counting = {"cardinality": {"field": field_of(question), "precision_threshold": MOST_PLACES}}
    places = {"filter": passing, "aggs": {"count": counting}}
    return {
        "query": scored(question),
        "post_filter": passing,
        "aggs": {
            "places": places,
            "full": {"filter": all_terms(question.query), "aggs": {"places": places}},
            **{name: counted(name, filters, counting) for name in FACETS},
        },
        "collapse": {"field": field_of(question), "inner_hits": {"name": "rows", "size": 0}},
        "sort": ORDERS[question.sort],
        "from_": question.offset,
        "size": question.limit,
    }


def field_of(question: Question) -> str:
    """What tells one place from another."""
    return "place" if question.talk is None else "row"


def scored(question: Question) -> dict[str, Any]:
    """Enough of the terms, one of them in the row's own words; echoes only add to the score."""
    query = question.query
    terms = [either(term, tuple(WEIGHTS)) for term in query.terms]
    own = [either(term, OWN) for term in query.terms]
    echoes = [phrase(words, tuple(WEIGHTS)) for words in query.echoes]
    lifted = {"constant_score": {"filter": all_terms(query), "boost": LIFT}}
    only = [] if question.talk is None else [{"term": {"place": -question.talk}}]
    return {
        "bool": {
            "filter": [at_least(1, own), *visible(), *only],
            "must": [at_least(question.need, terms)],
            "should": [lifted, *echoes],
        }
    }


def all_terms(query: Query) -> dict[str, Any]:
    return {"bool": {"filter": [either(term, tuple(WEIGHTS)) for term in query.terms]}}


def at_least(count: int, parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"bool": {"should": list(parts), "minimum_should_match": count}}


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


def counted(
    name: str, filters: Mapping[str, dict[str, Any]], counting: dict[str, Any]
) -> dict[str, Any]:
    """Count the places of each value of a facet under the choices of the others."""
    others = [each for other, each in filters.items() if other != name]
    values = {"terms": {"field": f"facet_{name}", "size": MOST_VALUES}}
    return {
        "filter": {"bool": {"filter": others}},
        "aggs": {"values": {**values, "aggs": {"count": counting}}},
    }


def found(answer: Mapping[str, Any]) -> Found:
    hits, counts = answer["hits"]["hits"], answer["aggregations"]
    rows = {int(hit["_id"]): hit["inner_hits"]["rows"]["hits"]["total"]["value"] for hit in hits}
    return Found(
        ids=list(rows),
        more={pk: int(count) - 1 for pk, count in rows.items()},
        count=int(counts["places"]["count"]["value"]),
        full=int(counts["full"]["places"]["count"]["value"]),
        whole=counts["full"]["doc_count"] > 0,
        facets={name: buckets(counts[name]) for name in FACETS},
    )


def buckets(aggregation: Mapping[str, Any]) -> dict[str, int]:
    return {each["key"]: int(each["count"]["value"]) for each in aggregation["values"]["buckets"]}
