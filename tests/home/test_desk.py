"""The desk: what staff see first, only what their account may open, in few queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Workflow, WorkflowPage

from core.models import Enquiry
from courses.enums import MessageState
from courses.models import OutboxMessage
from home.models import HomePage, StandardPage
from media.models import Recording, Transcript
from search.models import AskedQuestion
from tests.courses.factories import make_cohort, make_registration
from tests.episodes.factories import make_episode, make_library, make_series
from tests.factories import make_page
from tests.media.factories import make_editor, make_organiser, make_recording
from tests.resources.factories import make_resources

FOR_EDITORS = ("failed", "enquiries", "drafts", "soon", "unchecked", "asked")
FOR_ORGANISERS = ("mails", "cohorts")


def desk_of(user: User) -> BeautifulSoup:
    client = Client()
    client.force_login(user)
    return BeautifulSoup(client.get("/admin/").content, "html.parser")


def shown(user: User) -> dict[str, str]:
    """The words of every list, by its name."""
    lists = desk_of(user).select(".desk__list")
    return {
        str(each["class"][1]).removeprefix("desk__list--"): each.get_text(" ", strip=True)
        for each in lists
    }


def draft_by(user: User, home: HomePage, title: str) -> Page:
    page = make_page(StandardPage, home, title=title, live=False)
    page.save_revision(user=user)
    return page


def scheduled(home: HomePage, title: str) -> Page:
    page = make_page(StandardPage, home, title=title, live=False)
    page.go_live_at = timezone.now() + timedelta(days=2)
    page.save_revision().publish()
    return page


def enquiry(**fields: Any) -> Enquiry:
    typed = {"kind": "visit", "name": "A reader", "email": "r@school.example", "message": "May we?"}
    return Enquiry.objects.create(**{**typed, "form_token": uuid4(), **fields})


def failed_mail() -> None:
    make_registration(make_cohort(slug=uuid4().hex))
    OutboxMessage.objects.update(state=MessageState.FAILED, last_error="No such mailbox")


def failed_recording(title: str) -> Recording:
    return make_recording(title, state=Recording.State.FAILED, words="")


def asked(text: str, **fields: Any) -> None:
    AskedQuestion.objects.create(
        **{"day": timezone.localdate(), "text": text, "asked": 2, **fields}
    )


def one_of_everything(user: User, home: HomePage) -> None:
    draft_by(user, home, f"Draft {uuid4().hex}")
    scheduled(home, f"Scheduled {uuid4().hex}")
    failed_recording("Broken film")
    make_episode(f"Talk {uuid4().hex}")
    enquiry()
    asked(uuid4().hex)
    failed_mail()


def test_an_editor_finds_the_morning_s_work(home: HomePage) -> None:
    editor = make_editor()
    one_of_everything(editor, home)
    lists = shown(editor)
    assert tuple(lists) == FOR_EDITORS
    assert "Draft" in lists["drafts"]
    assert "Scheduled" in lists["soon"]
    assert "Broken film" in lists["failed"]
    assert "captions not yet checked" in lists["unchecked"]
    assert "A reader" in lists["enquiries"]
    assert "2 times" in lists["asked"]


def test_an_organiser_sees_cohorts_and_mails_and_nothing_of_the_editors(home: HomePage) -> None:
    organiser = make_organiser()
    one_of_everything(organiser, home)
    lists = shown(organiser)
    assert tuple(lists) == FOR_ORGANISERS
    assert "No such mailbox" in lists["mails"]
    assert "of 24 places" in lists["cohorts"]
    assert not desk_of(organiser).select("[role=search]")


def test_an_account_that_may_only_enter_sees_no_list_and_begins_nothing(home: HomePage) -> None:
    guest = User.objects.create_user("guest", password="a long enough one")
    guest.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    make_library()
    make_resources()
    one_of_everything(guest, home)
    assert shown(guest) == {}
    links = [str(each["href"]) for each in desk_of(guest).select(".desk__begin a")]
    assert links == ["/"]


def test_an_editor_begins_a_talk_in_its_series(home: HomePage) -> None:
    series = make_series("Joy, on purpose")
    make_resources()
    begun = desk_of(make_editor()).select_one(".desk__begin")
    assert begun is not None
    links = {each.get_text(strip=True): str(each["href"]) for each in begun.select("a")}
    assert links["Joy, on purpose"] == f"/admin/pages/add/episodes/episodepage/{series.pk}/"
    assert {"On its own, in no series", "Add a recording", "Add a resource"} <= set(links)
    assert "Add a cohort" not in links
    client = Client()
    client.force_login(User.objects.get())
    for url in links.values():
        assert client.get(url).status_code == 200


def test_an_organiser_begins_a_cohort_only(home: HomePage) -> None:
    make_series()
    make_resources()
    links = desk_of(make_organiser()).select(".desk__begin a")
    assert [each.get_text(strip=True) for each in links] == ["Add a cohort", "See the site"]


def test_drafts_of_others_are_theirs(home: HomePage) -> None:
    colleague = User.objects.create_user("colleague", password="a long enough one")
    draft_by(colleague, home, "Not mine")
    assert shown(make_editor())["drafts"] == "Your drafts You have no drafts."


def test_a_draft_that_one_may_no_longer_edit_is_left_out(home: HomePage) -> None:
    editor = make_editor()
    draft_by(editor, home, "Once mine")
    editor.groups.clear()
    editor.groups.add(make_organiser().groups.get())
    assert "drafts" not in shown(User.objects.get(pk=editor.pk))


def test_what_waits_for_review_stands_first_for_those_who_decide(home: HomePage) -> None:
    workflow = Workflow.objects.get(name="Moderators approval")
    WorkflowPage.objects.create(workflow=workflow, page=home)
    page = draft_by(make_editor(), home, "Look at this")
    workflow.start(page, None)
    admin = User.objects.create_superuser("admin", password="a long enough one")
    assert next(iter(shown(admin))) == "reviews"
    assert "Look at this" in shown(admin)["reviews"]
    assert "reviews" not in shown(make_organiser())


def test_questions_with_some_or_all_of_their_words_found_are_not_listed(home: HomePage) -> None:
    asked("nothing at all")
    asked("some words", partly=3)
    asked("all words", found=3)
    asked("long ago", day=timezone.localdate() - timedelta(days=30))
    words = shown(make_editor())["asked"]
    assert "nothing at all" in words
    assert not [each for each in ("some words", "all words", "long ago") if each in words]


def test_checked_talks_and_drafts_of_talks_need_no_captions(home: HomePage) -> None:
    make_episode("Checked")
    Transcript.objects.update(status=Transcript.Status.CHECKED)
    make_episode("Draft talk", live=False)
    make_episode("No sound", recording=None)
    assert "unchecked" not in shown(make_editor())


@pytest.mark.parametrize("make", [make_editor, make_organiser])
def test_the_desk_asks_no_more_for_much_than_for_one(
    home: HomePage, make: Callable[[], User]
) -> None:
    user = make()
    client = Client()
    client.force_login(user)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get("/admin/")
        return len(found)

    one_of_everything(user, home)
    client.get("/admin/")
    few = queries()
    for _ in range(8):
        one_of_everything(user, home)
    assert queries() <= few
    assert few <= 34
    assert all(len(each.select("li")) <= 6 for each in desk_of(user).select(".desk__list"))
