"""A query whose SQL Django makes once: only the values in it change from request to request.

Making the SQL of a page with what is joined to it takes Django ten times what the database takes
to answer. So what every page asks is prepared:

    cues = Prepared(lambda talk: Cue.objects.filter(talk=talk), IntegerField())
    cues(talk.pk)

The function is called once, with placeholders; it must put them into filters and annotations as
they are, and may look at nothing else that changes.
"""

from collections.abc import Callable, Sequence
from copy import copy
from functools import reduce
from operator import or_
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler


class Given(Expression):
    """The place of a value that is known only when the query is asked."""

    def __init__(self, place: int, field: Field) -> None:
        super().__init__(output_field=field)
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class Prepared:
    def __init__(self, make: Callable[..., QuerySet], *fields: Field) -> None:
        self.make = make
        self.fields = fields
        self._statements: dict[str, Statement] = {}

    def __call__(self, *values: Any) -> list[Any]:
        database = connections[DEFAULT_DB_ALIAS]
        statement = self._statements.get(database.vendor)
        if statement is None:
            places = [Given(at, field) for at, field in enumerate(self.fields)]
            statement = self._statements[database.vendor] = Statement(self.make(*places))
        given = [
            field.get_db_prep_value(value, database)
            for field, value in zip(self.fields, values, strict=True)
        ]
        return statement.read(given)


class Statement:
    """A queryset with its SQL, which Django's own code reads the rows of."""

    def __init__(self, queryset: Any) -> None:
        self.queryset = queryset
        self.compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        self.sql, self.params = self.compiler.as_sql()
        columns = [column[0] for column in self.compiler.select]
        self.converters = self.compiler.get_converters(columns)

    def read(self, given: Sequence[Any]) -> list[Any]:
        asked: Any = Asked(self, given)
        return list(self.queryset._iterable_class(asked))

    def compiler_for(self, given: Sequence[Any]) -> SQLCompiler:
        compiler: Any = copy(self.compiler)
        params = tuple(
            given[each.place] if isinstance(each, Given) else each for each in self.params
        )
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *args, **kwargs: (self.sql, params)
        compiler.get_converters = lambda columns: self.converters
        return compiler


class Asked:
    """Stands for a queryset, and for the query in it, where the rows are read."""

    def __init__(self, statement: Statement, given: Sequence[Any]) -> None:
        self._statement, self._given = statement, given
        self.query = self
        self.db = DEFAULT_DB_ALIAS

    def get_compiler(self, using: str) -> SQLCompiler:
        return self._statement.compiler_for(self._given)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._statement.queryset, name)


def one_of(places: Sequence[Any]) -> Q:
    """The rows of these ids; Django takes no placeholders in a list of ids of pages."""
    return reduce(or_, (Q(pk=place) for place in places))


def remember(instance: Any, name: str, rows: list[Any]) -> None:
    """Keep the rows of a relation with an instance, as `prefetch_related` does."""
    found = getattr(instance, name).all()
    found._result_cache, found._prefetch_done = rows, True
    vars(instance).setdefault("_prefetched_objects_cache", {})[name] = found
