"""Which engine answers: Elasticsearch where its address is set, else the database's own."""

from django.conf import settings
from django.db import connection

from search.engines.base import Asked, Engine
from search.engines.database import DatabaseEngine
from search.engines.postgres import PostgresEngine
from search.engines.sqlite import SQLiteEngine


def engine() -> Asked:
    """The engine that readers' questions go to."""
    beside = beside_engine()
    if beside is None:
        return database_engine()
    from search.engines.fallback import WithFallback

    return WithFallback(beside, database_engine())


def database_engine() -> DatabaseEngine:
    """Always kept up to date, whatever else is set: it answers when the other does not."""
    return PostgresEngine() if connection.vendor == "postgresql" else SQLiteEngine()


def beside_engine() -> Engine | None:
    """The engine beside the database, if the operator has one."""
    if not settings.ELASTICSEARCH_URL:
        return None
    from search.engines.elasticsearch import elasticsearch_engine

    return elasticsearch_engine(settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX)
