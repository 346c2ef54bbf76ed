"""Queries whose SQL is made once."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, IntegerField, QuerySet
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from core.prepared import Insert, Prepared, one_of, remember
from home.models import HomePage, StandardPage
from tests.factories import make_page


def titled(home: HomePage, *titles: str) -> list[StandardPage]:
    return [make_page(StandardPage, home, title=title) for title in titles]


def test_every_call_is_answered_by_its_own_values(home: HomePage) -> None:
    one, two = titled(home, "One", "Two")
    by_title = Prepared(lambda title: StandardPage.objects.filter(title=title), CharField())
    assert [by_title("One"), by_title("Two"), by_title("Three")] == [[one], [two], []]
    two.title = "One"
    two.save()
    assert by_title("One") == [one, two]


def test_the_query_is_made_once(home: HomePage) -> None:
    made = []

    def by_id(page: Any) -> QuerySet:
        made.append(page)
        return Page.objects.filter(pk=page)

    prepared = Prepared(by_id, IntegerField())
    assert [prepared(home.pk)[0].pk, prepared(0)] == [home.pk, []]
    assert len(made) == 1


def test_what_is_joined_comes_in_the_same_query(home: HomePage) -> None:
    (page,) = titled(home, "One")
    by_id = Prepared(
        lambda pk: StandardPage.objects.select_related("content_type").filter(pk=pk), IntegerField()
    )
    with CaptureQueriesContext(connection) as queries:
        (found,) = by_id(page.pk)
        assert (found.content_type.model, found.title) == ("standardpage", "One")
    assert len(queries) == 1


def test_rows_may_be_bare_values(home: HomePage) -> None:
    one, two = titled(home, "One", "Two")
    both = Prepared(
        lambda *keys: (
            Page.objects.filter(one_of(keys)).order_by("path").values_list("title", "live")
        ),
        *[IntegerField()] * 2,
    )
    assert both(one.pk, two.pk) == [("One", True), ("Two", True)]


def test_remembered_rows_of_a_relation_are_not_asked_for_again(home: HomePage) -> None:
    remember(home, "links_in", [])
    with CaptureQueriesContext(connection) as queries:
        assert list(home.links_in.all()) == []
    assert len(queries) == 0


def test_a_row_is_written_as_by_save(home: HomePage) -> None:
    insert = Insert(Redirect)
    for path in ("/one", "/two"):
        row = Redirect(old_path=path, redirect_page=home)
        with CaptureQueriesContext(connection) as queries:
            insert(row)
        assert len(queries) == 1
        assert not row._state.adding
        found = Redirect.objects.get(pk=row.pk)
        assert (found.old_path, found.redirect_page_id, found.is_permanent) == (path, home.pk, True)
    row.old_path = "/three"
    row.save()
    assert set(Redirect.objects.values_list("old_path", flat=True)) == {"/one", "/three"}


def test_a_row_that_the_database_refuses_is_not_written(home: HomePage) -> None:
    insert = Insert(Redirect)
    insert(Redirect(old_path="/one"))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Redirect(old_path="/two", redirect_link=None))
    assert Redirect.objects.count() == 1
