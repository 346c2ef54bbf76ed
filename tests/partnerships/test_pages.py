from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction, Site

from core.models import PageLink
from home.models import HomePage
from partnerships.models import CaseStudyPage, SchemeActivity, SchemePage
from tests.factories import make_page
from tests.partnerships.factories import (
    make_case,
    make_case_index,
    make_enquiry_page,
    make_partnerships,
    make_scheme,
    outcome,
)

TREND = (
    "trend",
    {
        "claim": "Removals fell.",
        "what": "Removals from lessons",
        "unit": "",
        "step": "Term",
        "points": [{"label": "Autumn 2022", "value": 118}, {"label": "Spring 2023", "value": 31}],
        "base": "1,040 pupils",
        "years": "2022 to 2023",
        "source": "records of the school",
        "source_url": "",
        "is_sample": True,
    },
)

# Site, page with those above, its type, settings, navigation; all cases' columns, a page of rows.
LISTING_QUERIES = 7


def test_the_front_page_shows_schemes_and_the_newest_cases(home: HomePage, client: Client) -> None:
    make_scheme("Behaviour hubs")
    make_case("A calm start")
    page = client.get(make_partnerships().url).content.decode()
    assert "Behaviour hubs" in page
    assert "A calm start" in page


def test_the_front_page_opens_with_nothing_below_it(home: HomePage, client: Client) -> None:
    assert client.get(make_partnerships().url).status_code == 200


def test_drafts_and_private_cases_are_on_no_partnership_page(
    home: HomePage, client: Client
) -> None:
    scheme = make_scheme()
    make_case("Canary draft", live=False, scheme=scheme)
    private = make_case("Canary private", scheme=scheme)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    for page in (make_partnerships(), make_case_index(), scheme):
        assert "Canary" not in client.get(page.url).content.decode()


def test_a_private_scheme_is_not_named_by_its_cases(home: HomePage, client: Client) -> None:
    scheme = make_scheme("Canary scheme")
    case = make_case(scheme=scheme)
    PageViewRestriction.objects.create(page=scheme, restriction_type="login")
    assert "Canary" not in client.get(case.url).content.decode()
    assert "Canary" not in client.get(make_case_index().url).content.decode()


def test_a_scheme_tells_role_activities_and_dates(home: HomePage, client: Client) -> None:
    scheme = make_scheme(
        role="Lead school",
        lead_school="Dixons Trinity",
        period="Three years",
        first_year=2020,
        last_year=2023,
        activities=[SchemeActivity(title="Visits", text="Ordinary days.")],
    )
    page = client.get(scheme.url).content.decode()
    for words in ("Lead school", "Dixons Trinity", "Three years, 2020 to 2023", "Visits"):
        assert words in page


def test_a_case_shows_context_figures_chart_and_story(home: HomePage, client: Client) -> None:
    case = make_case(
        place="Bradford",
        ages="11 to 16",
        pupils=1040,
        ofsted_before="requires-improvement",
        ofsted_before_year=2021,
        scheme=make_scheme(),
        first_year=2022,
        last_year=2024,
        outcomes=[outcome(before=212, before_year="2021-22", lower_is_better=True)],
        trends=[TREND],
        body=[("text", "<p>They visited three times.</p>")],
    )
    page = " ".join(client.get(case.url).content.decode().split())
    for words in (
        "Secondary, 11 to 16",
        "Bradford, Yorkshire and the Humber",
        "1,040 pupils",
        "Requires improvement, 2021",
        "2022 to 2024",
        "212",
        "96",
        "Lower is better",
        "M0 1.7L100 74.2",
        '<th scope="row">Autumn 2022</th> <td>118</td>',
        "They visited three times.",
    ):
        assert words in page


def test_a_case_without_any_optional_part_opens(home: HomePage, client: Client) -> None:
    assert client.get(make_case().url).status_code == 200


def test_a_case_offers_the_form_and_says_where_from(home: HomePage, client: Client) -> None:
    form = make_enquiry_page()
    case = make_case()
    assert f"{form.url}?about={case.pk}" in client.get(case.url).content.decode()


def test_linked_pages_stand_on_both_sides(home: HomePage, client: Client) -> None:
    one, other = make_case("One"), make_case("Other")
    PageLink.objects.create(page=one, target=other)
    assert other.url in client.get(one.url).content.decode()
    assert one.url in client.get(other.url).content.decode()


def test_search_finds_the_figures_context_and_story_of_a_case(home: HomePage) -> None:
    case = make_case(
        place="Bradford",
        outcomes=[outcome(metric="suspensions")],
        trends=[TREND],
        body=[("text", "<p>Three visits.</p>")],
    )
    body = case.search_rows()[0].body
    for word in ("Bradford", "suspensions 96", "Removals from lessons", "Three visits"):
        assert word in body
    assert case.search_facets()["phase"] == ("Secondary",)


def test_search_finds_what_a_scheme_does(home: HomePage) -> None:
    scheme = make_scheme(activities=[SchemeActivity(title="Mentoring", text="in person")])
    assert "Mentoring in person" in scheme.search_rows()[0].body
    assert "Partnerships" in make_partnerships().search_rows()[0].title


def test_case_studies_live_below_their_index_only(home: HomePage) -> None:
    assert CaseStudyPage.can_create_at(make_case_index())
    assert not CaseStudyPage.can_create_at(home)
    assert not SchemePage.can_create_at(make_case_index())


def test_the_list_of_cases_costs_the_same_for_one_and_for_thirty(
    home: HomePage, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    index = make_case_index()
    for at in range(30):
        make_case(f"Case {at}", scheme=make_scheme() if not at else None)
    Site.clear_site_root_paths_cache()
    client.get(index.url)
    with django_assert_num_queries(LISTING_QUERIES):
        client.get(index.url)
    CaseStudyPage.objects.exclude(title="Case 1").delete()
    with django_assert_num_queries(LISTING_QUERIES):
        client.get(index.url)


def test_many_pages_are_walked_by_number_and_past_the_end_is_a_404(
    home: HomePage, client: Client
) -> None:
    index = make_case_index()
    for at in range(25):
        make_page(CaseStudyPage, index, title=f"Case {at}", phase="primary", region="london")
    assert "Case 0" in client.get(index.url, {"page": "2"}).content.decode()
    assert client.get(index.url, {"page": "3"}).status_code == 404
    assert client.get(index.url, {"page": "two"}).status_code == 404
