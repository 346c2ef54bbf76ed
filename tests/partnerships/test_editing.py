"""The editor's side of a case study: a figure without year and source cannot be published."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from core.groups import EDITORS, ORGANISERS
from home.models import HomePage
from partnerships.blocks import TrendBlock
from partnerships.models import CaseStudyPage, Outcome, SchemePage
from tests.partnerships.factories import (
    make_case,
    make_case_index,
    make_partnerships,
    make_scheme,
    outcome,
)

WHOLE = {
    "metric": "suspensions",
    "unit": "",
    "before": "",
    "before_year": "",
    "after": "96",
    "after_year": "2024",
    "base": "",
    "source": "records of the school",
    "source_url": "",
}


def sign_in(group: str) -> Client:
    user = User.objects.create_user("somebody", password="a long enough one")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


def form(figures: list[dict[str, str]], action: str = "action-publish") -> dict[str, Any]:
    inline = {
        name: inline_formset([]) for name in ("page_topics", "page_people", "links_out", "comments")
    }
    return nested_form_data(
        {
            "title": "Typed by an editor",
            "slug": "typed",
            "summary": "",
            "phase": "primary",
            "region": "london",
            "trends": streamfield([]),
            "body": streamfield([("text", rich_text("<p>Story.</p>"))]),
            "quote": streamfield([]),
            "outcomes": inline_formset(figures),
            action: "yes",
            **inline,
        }
    )


def add(client: Client, figures: list[dict[str, str]], action: str = "action-publish") -> Any:
    index = make_case_index()
    url = f"/admin/pages/add/partnerships/casestudypage/{index.pk}/"
    return client.post(url, form(figures, action))


def test_an_editor_publishes_a_case_with_a_whole_figure(home: HomePage) -> None:
    make_case_index()
    answer = add(sign_in(EDITORS), [WHOLE])
    assert answer.status_code == 302
    assert CaseStudyPage.objects.get(slug="typed").outcomes.get().metric == "suspensions"


@pytest.mark.parametrize("action", ["action-publish", "action-save-draft"])
@pytest.mark.parametrize("missing", [("source", "its source"), ("after_year", "its year")])
def test_a_figure_without_year_or_source_is_refused_by_name_even_in_a_draft(
    home: HomePage, missing: tuple[str, str], action: str
) -> None:
    field, words = missing
    make_case_index()
    answer = add(sign_in(EDITORS), [{**WHOLE, field: ""}], action)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"“suspensions” lacks {words}" in page
    assert "Typed by an editor" in page
    assert not CaseStudyPage.objects.filter(slug="typed").exists()


def test_a_value_before_without_its_year_is_refused_by_name(home: HomePage) -> None:
    make_case_index()
    answer = add(sign_in(EDITORS), [{**WHOLE, "before": "212"}])
    assert "“suspensions” lacks the year of the value before" in answer.content.decode()


def test_a_year_that_is_none_is_refused(home: HomePage) -> None:
    make_case_index()
    answer = add(sign_in(EDITORS), [{**WHOLE, "after_year": "lately"}])
    assert "Write a year, 2024, or a school year, 2023-24." in answer.content.decode()


def test_a_figure_that_is_struck_out_may_lack_anything(home: HomePage) -> None:
    make_case_index()
    answer = add(sign_in(EDITORS), [{**WHOLE, "source": "", "DELETE": "1"}])
    assert answer.status_code == 302


def test_publishing_from_code_names_the_figure(home: HomePage) -> None:
    case: Any = make_case(outcomes=[outcome()])
    case.outcomes = [outcome(metric="removals", source="")]
    with pytest.raises(ValidationError, match="“removals” lacks its source"):
        case.save_revision()
    with pytest.raises(ValidationError, match="“removals” lacks its source"):
        case.save_revision(clean=False).publish()
    assert CaseStudyPage.objects.get(pk=case.pk).outcomes.get().source == "records of the school"


@pytest.mark.parametrize(
    "fields",
    [
        {"source": ""},
        {"after_year": ""},
        {"metric": ""},
        {"before": 5},
        {"before_year": "2020"},
    ],
)
def test_the_database_itself_refuses_half_a_figure(home: HomePage, fields: dict[str, Any]) -> None:
    case = make_case()
    broken = outcome(page=case, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        broken.save()
    assert not Outcome.objects.exists()


def test_a_series_is_held_to_the_same_rule_in_drafts() -> None:
    block = TrendBlock()
    value = block.to_python(
        {"claim": "Fell.", "what": "Removals", "years": "", "source": "", "points": []}
    )
    with pytest.raises(ValidationError):
        block.clean_deferred(value)


def test_a_series_without_any_value_is_refused() -> None:
    block = TrendBlock()
    value = block.to_python(
        {
            "claim": "Fell.",
            "what": "Removals",
            "step": "Term",
            "years": "2024",
            "source": "records",
            "points": [{"label": "Autumn", "value": None}, {"label": "Spring", "value": None}],
        }
    )
    with pytest.raises(ValidationError):
        block.clean(value)


def test_a_grade_needs_its_year(home: HomePage) -> None:
    with pytest.raises(ValidationError, match="both or neither"):
        make_case(ofsted_before="good")
    with pytest.raises(ValidationError, match="both or neither"):
        make_case(ofsted_after_year=2024)


def test_the_database_itself_refuses_a_grade_without_its_year(home: HomePage) -> None:
    case = make_case()
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseStudyPage.objects.filter(pk=case.pk).update(ofsted_before="good")


def test_years_run_forwards(home: HomePage) -> None:
    with pytest.raises(ValidationError, match="before the first"):
        make_case(first_year=2024, last_year=2022)
    with pytest.raises(ValidationError, match="first year"):
        make_scheme(last_year=2022)
    scheme = make_scheme()
    with pytest.raises(IntegrityError), transaction.atomic():
        SchemePage.objects.filter(pk=scheme.pk).update(first_year=2024, last_year=2020)


def test_organisers_cannot_touch_cases(home: HomePage) -> None:
    case = make_case()
    client = sign_in(ORGANISERS)
    assert client.get(f"/admin/pages/{case.pk}/edit/").status_code == 302
    assert add(client, [WHOLE]).status_code in (302, 403)
    assert not CaseStudyPage.objects.filter(slug="typed").exists()


def test_the_preview_of_a_draft_shows_its_figures(home: HomePage) -> None:
    case: Any = make_case(outcomes=[outcome()])
    case.outcomes = [outcome(metric="canary metric")]
    case.save_revision()
    page = sign_in(EDITORS).get(f"/admin/pages/{case.pk}/view_draft/").content.decode()
    assert "canary metric" in page


def test_the_editors_form_opens(home: HomePage) -> None:
    client = sign_in(EDITORS)
    for page in (make_case(outcomes=[outcome()]), make_scheme(), make_partnerships()):
        assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
