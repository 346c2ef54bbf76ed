import pytest
from django.http import QueryDict
from django.test import Client

from core.facets import Facet, Item, narrow
from home.models import HomePage
from tests.partnerships.factories import make_case, make_case_index, make_scheme

FACETS = [
    Facet("phase", "Phase", (("primary", "Primary"), ("secondary", "Secondary"))),
    Facet("region", "Region", (("london", "London"), ("north", "North"))),
]
ITEMS = [
    Item(1, {"phase": "primary", "region": "london"}),
    Item(2, {"phase": "primary", "region": "north"}),
    Item(3, {"phase": "secondary", "region": "north"}),
]


def counts(query: str) -> dict[str, int]:
    narrowed = narrow(ITEMS, FACETS, QueryDict(query))
    return {choice.value: choice.count for group in narrowed.groups for choice in group.choices}


def test_choices_of_one_facet_widen_and_facets_narrow() -> None:
    assert narrow(ITEMS, FACETS, QueryDict("phase=primary&phase=secondary")).keys == (1, 2, 3)
    assert narrow(ITEMS, FACETS, QueryDict("phase=primary&region=north")).keys == (2,)


def test_counts_say_what_each_choice_would_show() -> None:
    assert counts("") == {"primary": 2, "secondary": 1, "london": 1, "north": 2}
    assert counts("region=north") == {"primary": 1, "secondary": 1, "london": 1, "north": 2}


def test_a_choice_that_would_show_nothing_is_offered_only_while_chosen() -> None:
    assert counts("phase=secondary") == {"primary": 2, "secondary": 1, "north": 1}
    assert counts("phase=secondary&region=london")["london"] == 0


def test_what_nobody_offers_is_named_and_left_out() -> None:
    narrowed = narrow(ITEMS, FACETS, QueryDict("phase=nursery&region=north"))
    assert narrowed.keys == (2, 3)
    assert narrowed.unknown == ("Phase: there is no “nursery” here.",)


def test_the_list_is_narrowed_by_phase_region_setting_and_scheme(
    home: HomePage, client: Client
) -> None:
    scheme = make_scheme("TSIO", slug="tsio")
    make_case("Wanted", phase="primary", region="london", setting="city", scheme=scheme)
    make_case("Other", phase="secondary", region="london", setting="rural")
    url = make_case_index().url
    for query in ("phase=primary", "setting=city", "scheme=tsio", "phase=primary&region=london"):
        page = client.get(f"{url}?{query}").content.decode()
        assert "Wanted" in page, query
        assert "Other" not in page, query


@pytest.mark.parametrize(
    "value",
    [
        "nursery",
        "<script>alert(1)</script>",
        "🙂" * 50,
        "x" * 10_000,
        "\x01\x1b",
        "' OR 1=1 --",
        " ",
    ],
)
def test_a_value_that_nobody_offers_gets_a_clear_answer(
    home: HomePage, client: Client, value: str
) -> None:
    make_case("Shown")
    for name in ("phase", "region", "setting", "scheme"):
        answer = client.get(make_case_index().url, {name: value})
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "Shown" in page
        assert "there is no" in page
        assert "<script>alert" not in page
        assert len(page) < 40_000


def test_a_nul_in_a_filter_is_refused(home: HomePage, client: Client) -> None:
    assert client.get(make_case_index().url, {"phase": "\x00"}).status_code == 400


def test_page_links_keep_the_filters(home: HomePage, client: Client) -> None:
    for at in range(25):
        make_case(f"Case {at}", phase="primary")
    page = client.get(make_case_index().url, {"phase": "primary"}).content.decode()
    assert "?phase=primary&amp;page=2" in page
