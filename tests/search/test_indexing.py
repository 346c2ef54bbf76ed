"""What is published is found, what changes changes, by the worker after the commit."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from wagtail.models import Page, PageViewRestriction

from home.models import HomePage, StandardPage
from search.finding import find, suggest
from search.models import IndexedRow, VocabularyWord
from search.services import index_page, reindex_page
from search.tasks import index_pages
from tests.factories import make_page
from tests.media.factories import make_picture
from tests.search.factories import make_found, make_talk

OnCommit = DjangoCaptureOnCommitCallbacks
pytestmark = pytest.mark.usefixtures("on_each_engine")


def test_a_published_page_is_found(
    home: HomePage, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make_page(StandardPage, home, title="Entrance routines", summary="How doors open")
    assert find("doors").count == 1
    assert [each.title for each in suggest("rout")] == ["Entrance routines"]


def test_nothing_is_indexed_before_the_commit(home: HomePage) -> None:
    make_page(StandardPage, home, title="Entrance routines")
    assert not IndexedRow.objects.exists()


def test_a_changed_page_is_found_by_its_new_words_only(
    home: HomePage, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = make_page(StandardPage, home, title="Entrance routines")
    page.title = "Corridors"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert find("corridors").count == 1
    assert find("entrance").count == 0


def test_a_page_that_is_hidden_or_gone_loses_its_rows(
    home: HomePage, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        pages = [make_page(StandardPage, home, title=f"Page {number}") for number in range(3)]
    with django_capture_on_commit_callbacks(execute=True):
        pages[0].unpublish()
        pages[1].delete()
        PageViewRestriction.objects.create(
            page=pages[2], restriction_type=PageViewRestriction.LOGIN
        )
    assert not IndexedRow.objects.exists()
    assert not VocabularyWord.objects.exists()


def test_a_page_made_public_again_is_found_again(
    home: HomePage, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        above = make_page(StandardPage, home, title="Above")
        make_page(StandardPage, above, title="Corridors")
        limit = PageViewRestriction.objects.create(
            page=above, restriction_type=PageViewRestriction.LOGIN
        )
    assert find("corridors").count == 0
    with django_capture_on_commit_callbacks(execute=True):
        limit.delete()
    assert find("corridors").count == 1


def test_a_moved_page_is_found_at_its_new_address(
    home: HomePage, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        above = make_page(StandardPage, home, title="Above")
        page = make_page(StandardPage, home, title="Corridors")
        make_page(StandardPage, page, title="Doors")
    with django_capture_on_commit_callbacks(execute=True):
        Page.objects.get(pk=page.pk).move(Page.objects.get(pk=above.pk), pos="last-child")
    assert find("corridors").hits[0].url == "/above/corridors/"
    assert find("doors").hits[0].url == "/above/corridors/doors/"


def test_pages_below_a_renamed_one_are_found_at_their_new_address(
    home: HomePage, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        above = make_page(StandardPage, home, title="Above")
        make_page(StandardPage, above, title="Doors")
    above.refresh_from_db()
    above.slug = "below"
    with django_capture_on_commit_callbacks(execute=True) as first:
        above.save_revision().publish()
    assert first
    assert find("doors").hits[0].url == "/below/doors/"


def test_what_expired_is_taken_out_when_it_is_indexed_again() -> None:
    page = make_found("Corridors")
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(days=1))
    index_page(page.pk)
    assert not IndexedRow.objects.kept().exists()


def test_a_page_that_did_not_change_is_not_written_again(home: HomePage) -> None:
    page = make_page(StandardPage, home, title="Corridors")
    index_page(page.pk)
    before = IndexedRow.objects.get().changed_at
    index_page(page.pk)
    assert IndexedRow.objects.get().changed_at == before


def test_words_are_counted_once_a_row_and_forgotten_with_it() -> None:
    talk = make_talk("Nods", [(0, 1000, "", "nods and nods"), (70_000, 71_000, "", "other nods")])
    assert VocabularyWord.objects.get(word="nods").rows == 3
    talk.unpublish()
    index_page(talk.pk)
    assert not VocabularyWord.objects.filter(word="nods").exists()


def test_another_app_has_a_page_indexed_after_the_commit(
    home: HomePage, django_capture_on_commit_callbacks: OnCommit
) -> None:
    page = make_page(StandardPage, home, title="Corridors")
    with django_capture_on_commit_callbacks(execute=True):
        reindex_page(page.pk)
        assert not IndexedRow.objects.exists()
    assert find("corridors").count == 1


def test_the_worker_is_told_by_a_row_that_a_person_can_see(
    home: HomePage,
    settings: Settings,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        reindex_page(home.pk)
    assert DBTaskResult.objects.filter(task_path="search.tasks.index_pages").exists()


def test_one_page_that_cannot_be_read_does_not_hold_up_the_others(
    home: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = make_page(StandardPage, home, title="Broken")
    whole = make_page(StandardPage, home, title="Corridors")
    sound = StandardPage.search_body

    def breaks_once(page: StandardPage) -> str:
        if page.pk == broken.pk:
            raise ValueError("no body")
        return sound(page)

    monkeypatch.setattr(StandardPage, "search_body", breaks_once)
    with pytest.raises(ExceptionGroup):
        index_pages.call([broken.pk, whole.pk])
    assert find("corridors").count == 1


def test_saving_asks_nothing_of_the_worker_for_wagtails_own_index(
    home: HomePage,
    settings: Settings,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        make_page(StandardPage, home, title="Corridors")
        make_picture()
    asked = set(DBTaskResult.objects.values_list("task_path", flat=True))
    assert "search.tasks.index_pages" in asked
    assert not {path for path in asked if path.startswith("modelsearch.")}
