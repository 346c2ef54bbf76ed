"""What readers may not see is in no answer, no count, no suggestion: on every engine, at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Page, PageViewRestriction

from home.models import HomePage, StandardPage
from search.finding import find, suggest
from search.models import IndexedRow
from tests.factories import make_page
from tests.search.factories import make_found, make_talk

CANARY = "zinnober"

pytestmark = pytest.mark.usefixtures("on_each_engine")


def make_canary(**fields: Any) -> Page:
    facets = {"topic": ("Canaries",), "phase": ("Primary",)}
    return make_found(f"The {CANARY} page", f"It says {CANARY} aloud", facets=facets, **fields)


def is_nowhere() -> bool:
    """Not as a result, a count, a guess at a mistyped word, an unfinished one, or a suggestion."""
    make_found("Another page", "with other words")
    questions = [find(text) for text in (CANARY, "zinnobber", "zinno", f"{CANARY} words", "page")]
    hits = [part.text for each in questions for hit in each.hits for part in hit.title]
    counted = [each.facets.get("topic", {}) for each in questions]
    guessed = [f"{each.shown} {each.others}" for each in questions]
    suggested = [each.title for each in suggest(CANARY)]
    return CANARY not in f"{hits} {guessed} {suggested}" and "Canaries" not in f"{counted}"


def test_the_canary_sings_while_it_may() -> None:
    make_canary()
    assert not is_nowhere()
    assert find("zinnobber").shown == CANARY


def test_a_page_unpublished_is_nowhere_before_the_worker_comes() -> None:
    make_canary().specific.unpublish()
    assert is_nowhere()


def test_a_page_made_private_is_nowhere_before_the_worker_comes() -> None:
    page = make_canary()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert is_nowhere()


def test_a_page_below_one_made_private_is_nowhere_before_the_worker_comes(home: HomePage) -> None:
    above = make_page(StandardPage, home, title="Above")
    make_canary(parent=above)
    PageViewRestriction.objects.create(page=above, restriction_type=PageViewRestriction.PASSWORD)
    assert is_nowhere()


def test_a_page_moved_below_a_private_one_is_nowhere_before_the_worker_comes(
    home: HomePage,
) -> None:
    above = make_page(StandardPage, home, title="Above")
    PageViewRestriction.objects.create(page=above, restriction_type=PageViewRestriction.LOGIN)
    page = make_canary()
    page.move(Page.objects.get(pk=above.pk), pos="last-child")
    assert is_nowhere()


def test_a_deleted_page_is_nowhere_before_the_worker_comes() -> None:
    make_canary().delete()
    assert is_nowhere()


def test_a_page_hidden_behind_our_back_is_nowhere() -> None:
    page = make_canary()
    Page.objects.filter(pk=page.pk).update(live=False)
    assert is_nowhere()


def test_an_expired_page_is_nowhere_although_nobody_unpublished_it() -> None:
    page = make_canary()
    expired = timezone.now() - timedelta(minutes=1)
    Page.objects.filter(pk=page.pk).update(expire_at=expired)
    assert is_nowhere()


def test_a_hidden_talk_takes_its_moments_with_it() -> None:
    talk = make_talk("A talk", [(0, 1000, "Coach", f"We said {CANARY}.")])
    talk.unpublish()
    assert is_nowhere()


def test_hiding_that_is_rolled_back_hides_nothing() -> None:
    page = make_canary()
    with transaction.atomic():
        page.specific.unpublish()
        transaction.set_rollback(True)
    assert find(CANARY).count == 1


def test_a_draft_never_gets_rows(
    home: HomePage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = make_page(StandardPage, home, title=f"The {CANARY} page", live=False)
        page.save_revision()
    assert not IndexedRow.objects.exists()


def test_an_unpublished_change_is_nowhere(
    home: HomePage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = make_page(StandardPage, home, title="A page")
        page.title = f"The {CANARY} page"
        page.save_revision()
    assert is_nowhere()
    assert find("a page").count
