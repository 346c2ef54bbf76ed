"""SQL that Django makes once: only the values in it change from request to request.

Making the SQL of a page with what is joined to it takes Django ten times what the database takes
to answer. So what every page asks is prepared:

    cues = Prepared(lambda talk: Cue.objects.filter(talk=talk), IntegerField())
    cues(talk.pk)

The function is called once, with placeholders; it must put them into filters and annotations as
they are, and may look at nothing else that changes. What is written often is prepared as well:

    insert_place = Insert(Place)
    insert_place(Place(booking=booking, name=name))
"""

from collections.abc import Callable, Sequence
from copy import copy
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, Model, Q, QuerySet
from django.db.models.sql import InsertQuery
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


class Insert:
    """Write one new row, as `save(force_insert=True)` does, but without signals; sets its key.

    What the row refers to must have its key, or be given to it again since it got one. Raises what
    the database refuses, such as IntegrityError.
    """

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self._statements: dict[str, str] = {}

    @cached_property
    def fields(self) -> list[Any]:
        return [field for field in self.model._meta.local_concrete_fields if not field.primary_key]

    def __call__(self, row: Model) -> None:
        database = connections[DEFAULT_DB_ALIAS]
        if database.vendor not in self._statements:
            self._statements[database.vendor] = self.statement_like(row)
        values = [
            field.get_db_prep_save(field.pre_save(row, add=True), connection=database)
            for field in self.fields
        ]
        with database.cursor() as cursor:
            cursor.execute(self._statements[database.vendor], values)
            (row.pk,) = cursor.fetchone()
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS

    def statement_like(self, row: Model) -> str:
        query = InsertQuery(self.model)
        query.insert_values(self.fields, [row])
        compiler = query.get_compiler(using=DEFAULT_DB_ALIAS)
        compiler.returning_fields = [self.model._meta.pk]
        ((sql, _),) = compiler.as_sql()
        return str(sql)


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
