"""The result page and the suggestions, as readers meet them."""

import re
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search.models import AskedQuestion
from tests.search.factories import make_found, make_talk

pytestmark = pytest.mark.usefixtures("home")


def page_of(client: Client, query: str) -> str:
    answer = client.get(f"/search/?{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split()).replace("<mark >", "<mark>")


def test_without_a_question_the_page_says_how_to_ask(client: Client) -> None:
    assert "How to find it" in page_of(client, "")


def test_a_question_without_words_gets_a_clear_answer(client: Client) -> None:
    assert "There is no word in that to look for" in page_of(client, "q=%22")


def test_a_question_that_finds_nothing_gets_a_clear_answer_and_keeps_the_words(
    client: Client,
) -> None:
    content = page_of(client, "q=zzzyx+qqq")
    assert "Nothing in the library says “zzzyx qqq”" in content
    assert 'value="zzzyx qqq"' in content


def test_results_stand_before_the_ways_to_narrow_them(client: Client) -> None:
    make_found("Corridors", facets={"topic": ("Joy",)})
    content = page_of(client, "q=corridors")
    assert 0 < content.index("1 place") < content.index('id="narrow"')


def test_what_was_said_is_set_as_speech_and_plays_from_its_second(client: Client) -> None:
    make_talk("Nods", [(52_000, 60_000, "Lead coach", "Half of coaching is listening.")])
    content = page_of(client, "q=listening")
    assert "“Half of coaching is <mark>listening</mark>.”" in content
    assert 'href="/nods/?t=52"' in content
    assert "Play from 0:52" in content
    assert "Lead coach" in content


NODS = [(at * 70_000, at * 70_000 + 5_000, "Coach", f"Nod {at}.") for at in range(3)]


def test_further_moments_of_a_talk_are_a_link_away(client: Client) -> None:
    talk = make_talk("Collecting them", NODS)
    content = page_of(client, "q=nod")
    assert "1 place<" in content
    assert re.search(
        rf'href="\?q=nod&amp;talk={talk.pk}" ?> ?and 2 more moments in this talk', content
    )
    narrowed = page_of(client, f"q=nod&talk={talk.pk}")
    assert "3 moments in “Collecting them”" in narrowed
    assert 'href="?q=nod"' in narrowed
    assert narrowed.count("Play from") == 3
    assert "more moment" not in narrowed


def test_moments_of_one_talk_go_on_on_the_next_page(client: Client) -> None:
    cues = [(at * 70_000, at * 70_000 + 5_000, "", f"Nod {at}.") for at in range(21)]
    talk = make_talk("Collecting them", cues)
    assert f'href="?q=nod&amp;talk={talk.pk}&amp;page=2"' in page_of(
        client, f"q=nod&talk={talk.pk}"
    )
    assert page_of(client, f"q=nod&talk={talk.pk}&page=2").count("Play from") == 1


def test_a_talk_that_does_not_say_it_leads_back_to_the_library(client: Client) -> None:
    make_talk("Collecting them", NODS)
    content = page_of(client, "q=nod&talk=123456789")
    assert "Nothing in that talk says “nod”" in content
    assert 'href="?q=nod"' in content


@pytest.mark.parametrize("talk", ["x", "-1", "1.5", "9" * 30, "%D9%A1", "1%20or%201"])
def test_a_talk_that_is_no_number_is_not_found(client: Client, talk: str) -> None:
    assert client.get(f"/search/?q=nod&talk={talk}").status_code == 404


def test_the_moments_of_one_talk_are_no_question_of_its_own(client: Client) -> None:
    talk = make_talk("Collecting them", NODS)
    client.get(f"/search/?q=nod&talk={talk.pk}")
    assert not AskedQuestion.objects.exists()


def test_the_page_says_how_many_places_say_all_of_the_words(client: Client) -> None:
    make_found("One", "calm start of lessons", facets={"topic": ("Joy",)})
    make_found("Two", "calm start", facets={"topic": ("Calm",)})
    assert "1 of these places says all of your words, the others most" in page_of(
        client, "q=calm+start+of+lessons"
    )
    assert "None of these places says all of your words" in page_of(
        client, "q=calm+start+of+lessons&topic=Calm"
    )
    assert "most of them" not in page_of(client, "q=calm+start+of+lessons&topic=Joy")


def test_a_mistyped_word_is_named_and_its_guess_is_a_link(client: Client) -> None:
    make_found("Listening")
    content = page_of(client, "q=lisening")
    assert 'Nothing says “lisening”. Showing <a href="?q=listening">' in content


def test_places_with_some_of_the_words_are_said_to_be_so(client: Client) -> None:
    make_found("Listening")
    assert "No place says all of these words" in page_of(client, "q=listening+qqqqq")


def test_the_rest_of_an_endless_question_is_said_to_be_left_out(client: Client) -> None:
    make_found("Listening")
    assert "Only the first words" in page_of(client, f"q={'listening+' * 50}")


def test_a_choice_is_kept_and_can_be_taken_back(client: Client) -> None:
    make_found("Corridors", facets={"topic": ("Joy",)})
    content = page_of(client, "q=corridors&topic=Joy")
    assert 'name="topic" value="Joy" checked' in content
    assert 'href="?q=corridors"' in content


def test_a_choice_that_nothing_meets_leads_back(client: Client) -> None:
    make_found("Corridors", facets={"topic": ("Joy",)})
    content = page_of(client, "q=corridors&topic=Nothing")
    assert "No place has all of these choices" in content
    assert "0 places" in content


def test_sorting_keeps_the_question_and_the_choices(client: Client) -> None:
    make_found("Corridors", facets={"topic": ("Joy",)})
    answer = client.get("/search/?q=corridors&topic=Joy&page=1")
    newest = answer.context["sorts"][1]
    assert parse_qs(newest["query"]) == {"q": ["corridors"], "topic": ["Joy"], "sort": ["newest"]}


def test_an_unknown_order_is_the_usual_one(client: Client) -> None:
    assert client.get("/search/?q=a&sort=%27").context["sort"] == "best"


@pytest.mark.parametrize("number", ["0", "-1", "x", "2", "101", "9999999", "1.5", ""])
def test_a_page_that_is_none_is_not_found(client: Client, number: str) -> None:
    make_found("Corridors")
    assert client.get(f"/search/?q=corridors&page={number}").status_code == 404


def test_the_second_page_is_linked_with_its_question(client: Client) -> None:
    for number in range(21):
        make_found(f"Corridor {number}")
    content = page_of(client, "q=corridors")
    assert 'href="?q=corridors&amp;page=2"' in content
    assert "Corridor" in page_of(client, "q=corridors&page=2")


def test_machines_are_asked_not_to_keep_results(client: Client) -> None:
    answer = client.get("/search/")
    assert answer["X-Robots-Tag"] == "noindex"
    assert b'<meta name="robots" content="noindex">' in answer.content


def test_the_page_asks_no_more_for_many_results_than_for_one(client: Client) -> None:
    counts = []
    for titles in (["Corridor"], ["Corridor two", "Corridor three", "Corridor four"]):
        for title in titles:
            make_talk(title, [(0, 9000, "Coach", f"In the corridor {title}")])
        client.get("/search/?q=corridor")
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/?q=corridor")
        counts.append(sum("SAVEPOINT" not in query["sql"] for query in queries))
    rareness = 2 if connection.vendor == "postgresql" else 0  # how often each word is said
    assert counts[0] == counts[1] <= 8 + rareness + 1  # one more on a site without navigation


def test_suggestions_are_short_and_may_be_kept_a_minute(client: Client) -> None:
    make_found("Corridors")
    answer = client.get("/search/suggest/?q=corr")
    expected = {"title": "Corridors", "url": "/corridors/", "kind": "Page", "detail": ""}
    assert answer.json() == {"suggestions": [expected]}
    assert answer["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("typed", ["", "c", " ", "%22"])
def test_hardly_anything_typed_suggests_nothing(client: Client, typed: str) -> None:
    make_found("Corridors")
    assert client.get(f"/search/suggest/?q={typed}").json() == {"suggestions": []}


def test_questions_are_counted_by_day_without_who_asked(client: Client) -> None:
    make_found("Corridors")
    for text in ("Corridors!", "corridors", "qqqqq"):
        client.get("/search/", {"q": text})
    rows = set(AskedQuestion.objects.values_list("text", "asked", "found", "day"))
    today = timezone.localdate()
    assert rows == {("corridors", 2, 1, today), ("qqqqq", 1, 0, today)}


@pytest.mark.parametrize(
    "text", ["who@school.example", "07700 900123", "my own long tale of what happened here today"]
)
def test_what_may_be_somebody_s_own_is_not_kept(client: Client, text: str) -> None:
    client.get("/search/", {"q": text})
    assert not AskedQuestion.objects.exists()


def test_old_questions_are_forgotten(client: Client) -> None:
    old = timezone.localdate() - timedelta(days=500)
    AskedQuestion.objects.create(day=old, text="old", asked=1)
    client.get("/search/?q=new")
    assert [each.text for each in AskedQuestion.objects.all()] == ["new"]


def test_further_pages_and_choices_are_not_counted_again(client: Client) -> None:
    make_found("Corridors", facets={"topic": ("Joy",)})
    client.get("/search/?q=corridors&topic=Joy")
    assert not AskedQuestion.objects.exists()
