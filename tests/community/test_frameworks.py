"""Frameworks, and the promise that an internal action plan leaks nowhere."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from community.models import (
    Aim,
    FrameworkPage,
    Pillar,
    Priority,
    Stage,
    Statement,
    Strand,
)
from core.groups import EDITORS, ORGANISERS
from home.models import HomePage
from tests.community.factories import make_civic, make_framework

CANARY = "canaryplan"


def sign_in(group: str) -> Client:
    user = User.objects.create_user("somebody", password="a long enough one")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


def whole(**fields: Any) -> FrameworkPage:
    stage = Stage(title="Stage one")
    stage.priorities = [Priority(title="Prevent poverty")]
    return make_framework(
        **{
            "document": "Civic Duty Framework",
            "objective": "<p>To be an anchor.</p>",
            "pillars": [Pillar(title="Collaboration")],
            "statements": [Statement(title="Impact"), Statement(title="Trust")],
            "aims": [
                Aim(
                    title="A local workforce",
                    strand_titles="exceptional people\nGone",
                    action_plan=f"<p>{CANARY}</p>",
                )
            ],
            "strands": [Strand(title="Exceptional People"), Strand(title="Sustainability")],
            "stages": [stage],
            **fields,
        }
    )


def test_a_framework_shows_all_its_parts_in_order(home: HomePage, client: Client) -> None:
    page = client.get(whole().url).content.decode()
    order = [
        "To be an anchor",
        "Collaboration",
        "Impact",
        "Trust",
        "A local workforce",
        "Sustainability",
        "Stage one",
        "Prevent poverty",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def test_an_aim_links_to_the_strands_that_there_are(home: HomePage, client: Client) -> None:
    framework = whole()
    page = client.get(framework.url).content.decode()
    strand = framework.strands.get(title="Exceptional People")
    assert f'href="#strand-{strand.pk}"' in page
    assert f'id="strand-{strand.pk}"' in page
    assert "Gone" not in page


def test_a_framework_without_parts_opens(home: HomePage, client: Client) -> None:
    assert client.get(make_framework().url).status_code == 200


def test_plans_are_internal_unless_somebody_says_otherwise() -> None:
    aim = Aim(title="Aim", action_plan="<p>words</p>")
    assert aim.plan_is_internal
    assert aim.public_plan == ""


def test_an_internal_plan_is_on_no_page_and_in_no_search_row(
    home: HomePage, client: Client
) -> None:
    framework = whole()
    for url in (framework.url, make_civic().url, home.url):
        assert CANARY not in client.get(url).content.decode()
    assert CANARY not in str(framework.search_rows())
    assert CANARY not in str(framework.entry())


def test_a_public_plan_is_on_the_page_and_in_search(home: HomePage, client: Client) -> None:
    framework = whole(
        aims=[Aim(title="Aim", action_plan=f"<p>{CANARY}</p>", plan_is_internal=False)]
    )
    assert CANARY in client.get(framework.url).content.decode()
    assert CANARY in framework.search_rows()[0].body


def test_an_internal_plan_is_not_among_the_fields_that_the_admin_searches() -> None:
    assert "aims" not in {field.field_name for field in FrameworkPage.search_fields}


def test_an_internal_plan_is_not_in_the_api_or_the_sitemap(home: HomePage, client: Client) -> None:
    framework = whole()
    for path in (
        f"/api/v2/pages/{framework.pk}/?fields=*",
        "/api/v2/pages/?type=community.FrameworkPage&fields=*",
        "/sitemap.xml",
        "/feed/",
        f"/search/?q={CANARY}",
    ):
        answer = client.get(path)
        shown = answer.content.decode().replace(f"q={CANARY}", "").replace(f'value="{CANARY}"', "")
        assert f"<p>{CANARY}" not in shown, path
        assert json.dumps(f"<p>{CANARY}</p>") not in shown, path


def test_a_preview_shows_no_internal_plan_to_anyone(home: HomePage) -> None:
    framework = whole()
    framework.save_revision()
    page = sign_in(EDITORS).get(f"/admin/pages/{framework.pk}/view_draft/")
    assert page.status_code == 200
    assert CANARY not in page.content.decode()


@pytest.mark.parametrize(
    "path", ["edit/", "view_draft/", "history/", "revisions/compare/live...latest/"]
)
def test_the_wrong_people_cannot_open_the_plan(home: HomePage, path: str) -> None:
    framework = whole()
    for client in (sign_in(ORGANISERS), Client()):
        answer = client.get(f"/admin/pages/{framework.pk}/{path}")
        assert answer.status_code in (302, 403)
        assert CANARY not in answer.content.decode()


def test_an_editor_reads_the_plan_where_it_is_kept(home: HomePage) -> None:
    page = sign_in(EDITORS).get(f"/admin/pages/{whole().pk}/edit/").content.decode()
    assert CANARY in page


def test_a_private_framework_is_not_on_the_civic_page(home: HomePage, client: Client) -> None:
    framework = whole(title="Canary framework")
    PageViewRestriction.objects.create(page=framework, restriction_type="login")
    assert "Canary" not in client.get(make_civic().url).content.decode()


def form(strands: list[str], link: str) -> dict[str, Any]:
    rest = {
        name: inline_formset([])
        for name in ("pillars", "statements", "stages", "page_topics", "page_people", "links_out")
    }
    return nested_form_data(
        {
            "title": "A framework",
            "slug": "typed",
            "document": "",
            "builds_on": "",
            "builds_on_url": "",
            "objective": rich_text(""),
            "aims": inline_formset(
                [
                    {
                        "title": "Aim",
                        "text": "",
                        "strand_titles": link,
                        "action_plan": rich_text(""),
                        "plan_is_internal": "on",
                    }
                ]
            ),
            "strands": inline_formset([{"title": title, "text": ""} for title in strands]),
            "comments": inline_formset([]),
            "action-publish": "yes",
            **rest,
        }
    )


def test_a_link_to_a_strand_that_is_not_there_is_refused_by_name(home: HomePage) -> None:
    url = f"/admin/pages/add/community/frameworkpage/{make_civic().pk}/"
    client = sign_in(EDITORS)
    page = client.post(url, form(["People"], "Poeple")).content.decode()
    assert "There is no strand “Poeple”. There are: People." in page
    assert client.post(url, form(["People"], " people \n\n")).status_code == 302
    assert FrameworkPage.objects.get(slug="typed").aims.get().wanted_strands == ["people"]


def test_a_framework_costs_the_same_for_one_part_and_for_many(
    home: HomePage, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def stages(count: int) -> list[Stage]:
        made = []
        for at in range(count):
            stage = Stage(title=f"Stage {at}", sort_order=at)
            stage.priorities = [Priority(title=f"Priority {at}")]
            made.append(stage)
        return made

    one = whole(slug="one")
    many = whole(
        slug="many",
        stages=stages(7),
        strands=[Strand(title=f"Strand {at}", sort_order=at) for at in range(30)],
    )
    client.get(one.url)
    for page in (one, many):
        with django_assert_num_queries(FRAMEWORK_QUERIES):
            client.get(page.url)


# Site, page with those above, its type, settings, navigation; relations; lists, priorities.
FRAMEWORK_QUERIES = 8
