"""Building the index anew, while readers go on searching in the old one."""

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from home.models import HomePage, StandardPage
from search.engines import beside_engine, database_engine
from search.engines.base import Engine
from search.finding import find
from search.models import IndexedRow, VocabularyWord
from search.services import index_page, rebuild, write_rows
from tests.factories import make_page
from tests.search.factories import make_found, make_talk


def engine_of(name: str) -> Engine:
    engine = beside_engine() if name == "elasticsearch" else database_engine()
    assert engine
    return engine


def quiet(what: str, count: int) -> None:
    """No progress is shown."""


def test_the_command_finds_what_was_never_indexed(on_each_engine: str, home: HomePage) -> None:
    make_page(StandardPage, home, title="Corridors")
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert find("corridors").count == 1
    assert find("coridors").shown == "corridors"
    assert "rows can be found" in out.getvalue()


def test_the_command_drops_rows_of_pages_that_are_no_more(on_each_engine: str) -> None:
    page = make_found("Corridors")
    StandardPage.objects.filter(pk=page.pk).update(live=False)
    call_command("rebuild_search", stdout=StringIO())
    assert not IndexedRow.objects.exists()
    assert not VocabularyWord.objects.exists()


def test_searches_are_answered_during_a_rebuild(on_each_engine: str) -> None:
    make_found("Corridors")
    engine, answers = engine_of(on_each_engine), []

    def watched() -> Iterator[list[IndexedRow]]:
        yield list(IndexedRow.objects.all())
        answers.append(find("corridors").count)

    assert engine.rebuild(watched()) == 1
    assert (answers, find("corridors").count) == ([1], 1)


def test_a_rebuild_that_fails_leaves_the_old_index(on_each_engine: str) -> None:
    make_found("Corridors")

    def failing() -> Iterable[Sequence[IndexedRow]]:
        yield list(IndexedRow.objects.all())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        engine_of(on_each_engine).rebuild(failing())
    assert find("corridors").count == 1


def test_what_changes_during_a_rebuild_is_in_the_new_index(on_each_engine: str) -> None:
    kept, gone = make_found("Corridors"), make_found("Doors")
    engine = engine_of(on_each_engine)

    def change(what: str, count: int) -> None:
        row = IndexedRow.objects.get(page_id=kept.pk)
        row.pk, row.title = None, "Windows"
        write_rows(kept.pk, [row])
        write_rows(gone.pk, [])

    rebuild(engine, change)
    found = [find(word).count for word in ("windows", "corridors", "doors")]
    assert found == [1, 0, 0]


def test_a_left_over_of_a_rebuild_that_was_killed_does_not_stop_the_next(home: HomePage) -> None:
    engine = database_engine()
    engine.create(f"{engine.table}_next")
    make_found("Corridors")
    rebuild(engine, quiet)
    assert find("corridors").count == 1
    assert f"{engine.table}_next" not in connection.introspection.table_names()


def test_health_is_well_and_counts_rows(on_each_engine: str) -> None:
    make_talk("Nods", [(0, 1000, "", "nods")])
    state = engine_of(on_each_engine).health()
    assert (state.ok, state.rows) == (True, 2)


def test_the_health_command_ends_well(on_each_engine: str) -> None:
    out = StringIO()
    call_command("search_health", stdout=out)
    assert "well, 0 rows" in out.getvalue()


def test_health_notices_rows_that_are_not_in_the_index(home: HomePage) -> None:
    page = make_found("Corridors")
    database_engine().delete(list(IndexedRow.objects.values_list("pk", flat=True)))
    with pytest.raises(CommandError):
        call_command("search_health", stdout=StringIO())
    call_command("rebuild_search", stdout=StringIO())
    index_page(page.pk)
    call_command("search_health", stdout=StringIO())


def test_elasticsearch_cannot_be_rebuilt_where_it_is_not_set(home: HomePage) -> None:
    with pytest.raises(CommandError, match="ELASTICSEARCH_URL"):
        call_command("rebuild_search", engine="elasticsearch")
