"""Every way by which Wagtail makes a page live, and that none leads past what is open."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    PageLogEntry,
    Revision,
    Workflow,
    WorkflowState,
    WorkflowTask,
)

from core.groups import EDITORS
from episodes.gate import HELD_BACK, PUBLISHED_OPEN, NotReady
from episodes.models import EpisodePage, SeriesPage
from home.models import HomePage
from media.models import Transcript
from tests.episodes.factories import make_episode, make_library, make_series
from tests.episodes.test_editing import form
from tests.episodes.test_readiness import WHY, edit, whole
from tests.home.test_desk import shown
from tests.media.factories import make_editor, make_organiser, make_user

FUTURE, PAST = timedelta(days=2), -timedelta(minutes=5)


@pytest.fixture
def editor(home: HomePage, client: Client) -> User:
    user = make_editor()
    client.force_login(user)
    return user


def entries(action: str = PUBLISHED_OPEN) -> list[PageLogEntry]:
    return list(PageLogEntry.objects.filter(action=action).order_by("pk"))


def is_live(page: EpisodePage) -> bool:
    return EpisodePage.objects.get(pk=page.pk).live


def uncheck(page: EpisodePage) -> None:
    """As when new words are read in after somebody had checked the old ones."""
    Transcript.objects.filter(recording=page.recording).update(status=Transcript.Status.AUTOMATIC)


def check(page: EpisodePage) -> None:
    Transcript.objects.filter(recording=page.recording).update(status=Transcript.Status.CHECKED)


# Review ------------------------------------------------------------------------------------------


def review_by(user: User, *names: str) -> Workflow:
    group = Group.objects.create(name="Reviewers")
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    user.groups.add(group)
    workflow = Workflow.objects.create(name="Review")
    for at, name in enumerate(names or ("Last look",)):
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.add(group)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=at)
    return workflow


def sent_for_review(page: EpisodePage, user: User, *tasks: str) -> WorkflowState:
    page.save_revision(user=user)
    workflow = review_by(user, *tasks)
    return workflow.start(EpisodePage.objects.get(pk=page.pk), user)


def approve(client: Client, state: WorkflowState, **data: str) -> Any:
    """From the desk or a list, where there is no form."""
    state.refresh_from_db()
    url = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[state.object_id, "approve", state.current_task_state_id],
    )
    return client.post(url, data, follow=True)


def approve_in_form(client: Client, page: EpisodePage, comment: str = "", **fields: Any) -> Any:
    data = form(
        number="",
        slug=page.slug,
        title=page.title,
        **{"publish_reason": "", "recording": page.recording_id, **fields},
    )
    del data["action-publish"]
    data |= {"action-workflow-action": "true", "workflow-action-name": "approve"}
    if comment:
        data["workflow-action-extra-data"] = json.dumps({"comment": comment})
    return client.post(edit(page), data)


def test_the_last_yes_from_a_list_publishes_nothing_open_and_says_where(
    client: Client, editor: User
) -> None:
    page = make_episode("Unread", live=False)
    state = sent_for_review(page, editor)
    answer = approve(client, state, comment="Lovely talk.")
    said = answer.content.decode()
    assert "“Unread” was not published: captions checked, resource are still open" in said
    assert "Your comment was: “Lovely talk.”" in said
    assert answer.redirect_chain[-1][0] == edit(page)
    assert not is_live(page)
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_IN_PROGRESS


def test_the_window_of_an_approval_is_led_to_the_page(client: Client, editor: User) -> None:
    page = make_episode(live=False)
    state = sent_for_review(page, editor)
    url = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[page.pk, "approve", state.current_task_state_id],
    )
    answer = client.post(url, {"comment": "Yes"}, headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.json() == {"step": "success", "redirect": edit(page)}
    assert not is_live(page)


def test_a_yes_that_is_not_the_last_asks_for_nothing(client: Client, editor: User) -> None:
    page = make_episode(live=False)
    state = sent_for_review(page, editor, "First look", "Last look")
    assert approve_in_form(client, page).status_code == 302
    state.refresh_from_db()
    assert state.current_task_state.task.name == "Last look"
    approve(client, state)
    assert not is_live(page)


def test_a_ready_talk_is_published_by_the_last_yes(client: Client, editor: User) -> None:
    page = whole(live=False)
    approve(client, sent_for_review(page, editor))
    assert is_live(page)
    assert entries() == []


def test_the_form_holds_the_last_yes_and_keeps_what_was_typed(client: Client, editor: User) -> None:
    page = make_episode(live=False)
    sent_for_review(page, editor)
    answer = approve_in_form(client, page, comment="Words on Monday.", summary="Typed just now.")
    said = answer.content.decode()
    assert "Still open: captions checked, resource." in said
    assert "Typed just now." in said
    assert "Words on Monday." in said
    assert not is_live(page)


@pytest.mark.parametrize("extra", ["no json", "[]", '{"comment": null}', '"text"', "7"])
def test_a_yes_with_rubbish_beside_it_is_held_too(client: Client, editor: User, extra: str) -> None:
    page = make_episode(live=False)
    sent_for_review(page, editor)
    answer = approve_in_form(client, page, **{"workflow-action-extra-data": extra})
    assert answer.status_code == 200
    assert not is_live(page)


def test_with_a_reason_the_last_yes_publishes_and_is_kept(client: Client, editor: User) -> None:
    page = make_episode(live=False)
    sent_for_review(page, editor)
    assert approve_in_form(client, page, publish_reason=WHY).status_code == 302
    assert is_live(page)
    (entry,) = entries()
    assert (entry.user, entry.data["reason"]) == (editor, WHY)


def test_a_reason_given_when_it_was_sent_counts_for_the_last_yes(
    client: Client, editor: User
) -> None:
    page = make_episode(live=False)
    workflow = review_by(editor)
    workflow.workflow_pages.create(page=make_library())
    data = form(number="", slug=page.slug, publish_reason=WHY, recording=page.recording_id)
    del data["action-publish"]
    assert client.post(edit(page), data | {"action-submit": "1"}).status_code == 302
    assert entries() == []
    reviewer = make_user("reviewer", "Reviewers", EDITORS)
    client.force_login(reviewer)
    approve(client, WorkflowState.objects.get())
    assert is_live(page)
    (entry,) = entries()
    assert (entry.user, entry.data["reason"]) == (editor, WHY)


def test_a_reason_covers_no_point_that_it_did_not_name(client: Client, editor: User) -> None:
    page = make_episode(live=False)
    page.override = {"open": ["Resource"], "reason": WHY, "user": editor.pk}
    state = sent_for_review(page, editor)
    assert "captions checked is still open" in approve(client, state).content.decode()
    assert not is_live(page)


def test_accounts_that_may_not_review_change_nothing(client: Client, editor: User) -> None:
    page = make_episode(live=False)
    state = sent_for_review(page, editor)
    for user in (make_organiser(), make_user("nobody")):
        client.force_login(user)
        approve(client, state)
        approve_in_form(client, page, publish_reason=WHY)
        assert not is_live(page)
    assert entries() == []


def test_taking_a_task_away_is_no_way_around(client: Client, editor: User) -> None:
    """Wagtail ends a review whose last task is switched off, and would publish."""
    page = make_episode("Unread", live=False)
    state = sent_for_review(page, editor)
    client.force_login(User.objects.create_superuser("root"))
    url = reverse("wagtailadmin_workflows:disable_task", args=[state.current_task_state.task_id])
    assert "“Unread” was not published" in client.post(url, follow=True).content.decode()
    assert not is_live(page)


# The clock ---------------------------------------------------------------------------------------


def scheduled(client: Client, page: EpisodePage, **fields: Any) -> Any:
    go_live = timezone.localtime(timezone.now() + FUTURE).strftime("%Y-%m-%d %H:%M")
    fields = {"go_live_at": go_live, "expire_at": "", "publish_reason": "", **fields}
    data = form(number="", slug=page.slug, recording=page.recording_id, **fields)
    return client.post(edit(page), data)


def ready_and_scheduled(user: User) -> EpisodePage:
    page = whole(live=False)
    page.go_live_at = timezone.now() + FUTURE
    page.save_revision(user=user).publish(user=user)
    return page


def its_hour_has_come(*pages: Any) -> None:
    for page in pages:
        revision = Revision.objects.get(object_id=str(page.pk), approved_go_live_at__isnull=False)
        revision.approved_go_live_at = timezone.now() + PAST
        revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
        revision.save()
    call_command("publish_scheduled")


def test_a_schedule_is_held_to_the_same_as_publishing(client: Client, editor: User) -> None:
    page = make_episode(live=False)
    assert "Still open" in scheduled(client, page).content.decode()
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    assert scheduled(client, page, publish_reason=WHY).status_code == 302
    assert [entry.data["reason"] for entry in entries()] == [WHY]
    its_hour_has_come(page)
    assert is_live(page)
    assert (len(entries()), entries(HELD_BACK)) == (1, [])


def test_a_ready_talk_goes_live_at_its_time(editor: User) -> None:
    page = ready_and_scheduled(editor)
    its_hour_has_come(page)
    assert is_live(page)


def test_what_opened_since_holds_it_back_and_the_desk_says_so(client: Client, editor: User) -> None:
    page = ready_and_scheduled(editor)
    uncheck(page)
    its_hour_has_come(page)
    call_command("publish_scheduled")
    assert not is_live(page)
    (entry,) = entries(HELD_BACK)
    assert entry.data == {"open": ["Captions checked"]}
    lists = shown(editor)
    assert "Whole set for" in lists["held"]
    assert "open: captions checked" in lists["held"]
    assert "Whole" not in lists["soon"]
    assert "is held back" in client.get(edit(page)).content.decode()
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Not published at its time, as points are open: Captions checked" in history


def test_it_goes_live_by_itself_once_the_point_is_closed(client: Client, editor: User) -> None:
    page = ready_and_scheduled(editor)
    uncheck(page)
    its_hour_has_come(page)
    check(page)
    call_command("publish_scheduled")
    assert is_live(page)
    assert "held" not in shown(editor)
    assert "is held back" not in client.get(edit(page)).content.decode()


def test_one_that_is_held_back_stops_no_other(editor: User) -> None:
    held = ready_and_scheduled(editor)
    uncheck(held)
    other = make_series(live=False)
    other.go_live_at = timezone.now() + FUTURE
    other.save_revision().publish()
    its_hour_has_come(held, other)
    assert not is_live(held)
    assert SeriesPage.objects.get(pk=other.pk).live


def test_taking_the_schedule_off_makes_room_for_a_reason(client: Client, editor: User) -> None:
    page = ready_and_scheduled(editor)
    uncheck(page)
    its_hour_has_come(page)
    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    client.post(reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, revision.pk]))
    assert "held" not in shown(editor)
    data = form(number="", slug=page.slug, publish_reason=WHY, recording=page.recording_id)
    assert client.post(edit(page), data).status_code == 302
    assert is_live(page)
    assert [entry.data["reason"] for entry in entries()] == [WHY]


# Copies ------------------------------------------------------------------------------------------


def copy(client: Client, page: Any, **fields: Any) -> Any:
    data = {
        "new_title": "Another",
        "new_slug": "another",
        "new_parent_page": page.get_parent().pk,
        **fields,
    }
    return client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)


def test_a_copy_is_not_published_with_the_copying(client: Client, editor: User) -> None:
    answer = copy(client, whole(), publish_copies="on")
    said = answer.content.decode()
    assert "A copy of a talk starts as a draft" in said
    assert 'value="Another"' in said
    assert EpisodePage.objects.count() == 1


def test_a_copy_is_a_draft_without_consents_and_reasons(client: Client, editor: User) -> None:
    page = whole()
    page.override = {"open": ["Captions checked"], "reason": WHY, "user": editor.pk}
    page.save_revision().publish()
    assert copy(client, page).status_code == 302
    made = EpisodePage.objects.get(slug="another")
    assert (made.live, made.override, made.consents.count()) == (False, {}, 0)
    draft: Any = made.get_latest_revision_as_object()
    assert (draft.override, draft.consents.count()) == ({}, 0)


def test_a_series_is_not_copied_live_with_its_talks(client: Client, editor: User) -> None:
    series = make_series()
    make_episode(series=series)
    answer = copy(client, series, publish_copies="on", copy_subpages="on")
    assert "starts as a draft" in answer.content.decode()
    assert EpisodePage.objects.count() == 1


def test_an_alias_of_a_talk_with_open_points_is_not_made(client: Client, editor: User) -> None:
    page = make_episode("Unread")
    said = copy(client, page, alias="on").content.decode()
    assert "points are open on “Unread”" in said
    assert EpisodePage.objects.count() == 1


def test_an_alias_of_a_ready_talk_or_of_one_with_a_reason_is_made(
    client: Client, editor: User
) -> None:
    ready = whole()
    assert copy(client, ready, alias="on").status_code == 302
    excused = make_episode("Unread")
    excused.override = {
        "open": ["Captions checked", "Resource"],
        "reason": WHY,
        "user": editor.pk,
    }
    excused.save_revision().publish()
    assert copy(client, excused, alias="on", new_slug="third").status_code == 302
    assert EpisodePage.objects.filter(alias_of__isnull=False, live=True).count() == 2


# Programs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["publish", "copy", "create_alias"])
def test_the_admin_s_interface_for_programs_publishes_nothing(
    client: Client, editor: User, action: str
) -> None:
    page = make_episode(live=False)
    client.force_login(User.objects.create_superuser("root"))
    url = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
    assert client.post(url, {"keep_live": "true"}).status_code == 404
    assert client.get(reverse("wagtailadmin_api:pages:listing")).status_code == 200
    assert not EpisodePage.objects.filter(live=True).exists()


def test_a_revision_published_in_somebody_s_name_is_held_to_the_same(editor: User) -> None:
    page = make_episode(live=False)
    revision = page.save_revision()
    with pytest.raises(NotReady):
        revision.publish(user=editor)
    revision.publish()
    assert is_live(page)


def test_a_consent_taken_back_opens_the_talk_again(editor: User) -> None:
    page = whole(live=False)
    page.consents.all().delete()
    page.refresh_from_db()
    with pytest.raises(NotReady, match="Speakers’ consent"):
        EpisodePage.objects.get(pk=page.pk).save_revision().publish(user=editor)
