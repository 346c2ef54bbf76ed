"""One suite for all engines: what is found, in which order, with which counts."""

import datetime as dt

import pytest

from search.finding import Answer, find, suggest
from search.models import Synonyms
from tests.search.factories import make_found, make_talk

COACH = "Lead coach"
TALK = [
    (0, 18_000, COACH, "Half of coaching is listening."),
    (18_000, 40_000, COACH, "The other half is waiting long enough"),
    (40_000, 61_000, COACH, "to find out what you heard. That is the whole of it."),
    (61_000, 80_000, "Head of year", "We thought we had been listening to our children."),
    (80_000, 99_000, "Head of year", "We had been collecting nods."),
]

pytestmark = pytest.mark.usefixtures("on_each_engine")


def titles(answer: Answer) -> list[str]:
    return ["".join(part.text for part in hit.title) for hit in answer.hits]


def test_a_word_finds_its_other_forms() -> None:
    make_found("Organisation of the day")
    assert titles(find("organising")) == ["Organisation of the day"]


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("organization", "organisation"),
        ("behavior", "behaviour"),
        ("program", "programmes"),
        ("modelling", "modeled"),
        ("practise", "practice"),
        ("enrollment", "enrolment"),
        ("cafe", "café"),
        ("childrens", "children's"),
    ],
)
def test_one_spelling_finds_the_other(asked: str, written: str) -> None:
    make_found("A note", f"About {written} in schools")
    assert find(asked).count == 1


def test_a_word_in_the_title_counts_more_than_in_the_text() -> None:
    make_found("Something else", "assembly " * 3)
    make_found("Assembly", "It begins at nine")
    assert titles(find("assembly"))[0] == "Assembly"


def test_all_words_are_asked_for_first() -> None:
    make_found("One", "quiet corridors")
    make_found("Two", "quiet classrooms")
    answer = find("quiet corridors")
    assert (titles(answer), answer.loose) == (["One"], False)


def test_any_word_will_do_where_no_place_has_all() -> None:
    make_found("One", "quiet corridors")
    make_found("Two", "quiet classrooms")
    answer = find("quiet corridors classrooms")
    assert (answer.count, answer.loose) == (2, True)


def test_a_place_with_more_of_the_words_comes_first() -> None:
    make_found("One", "routine")
    make_found("Two", "routine entrance greeting")
    assert titles(find("greeting entrance routine bananas"))[0] == "Two"


def test_places_with_most_of_a_natural_phrase_follow_those_with_all_of_it() -> None:
    make_found("Bananas", "start start start lessons lessons lessons")
    make_found("All", "what a calm morning is, and how to begin it. Lessons start.")
    make_talk("Spoken", [(0, 9_000, COACH, "When the start is calm, the hour is calm.")])
    make_found("One word only", "calm")
    answer = find("calm start of lessons")
    assert titles(answer)[0] == "All"
    assert set(titles(answer)) == {"All", "Bananas", "Spoken"}
    assert (answer.count, answer.full, answer.loose) == (3, 1, False)


def test_a_place_with_most_of_the_words_is_no_match_for_a_quotation() -> None:
    make_found("One", "calm start of lessons")
    make_found("Two", "calm start of days")
    assert find("“calm start” lessons of").count == 1


def test_the_moments_of_a_talk_are_one_place_and_the_best_stands_for_them() -> None:
    once = "We sat down and waited for a long while until there was one nod in all that room."
    said = ["We wait.", "Nods, nods, nods.", once]
    cues = [(at * 70_000, at * 70_000 + 5_000, COACH, text) for at, text in enumerate(said)]
    make_talk("A talk", cues)
    make_talk("Another", [(0, 5_000, COACH, "A nod.")])
    answer = find("nods")
    more = {hit.start_ms: hit.more for hit in answer.hits}
    assert (answer.count, more) == (2, {70_000: 1, 0: 0})
    assert answer.facets["kind"] == {"moment": 2}


def test_a_talk_is_one_place_beside_its_moments() -> None:
    make_talk("Nods", TALK)
    assert find("nods").count == 2


def test_the_moments_of_one_talk_alone_are_places_each() -> None:
    cues = [(at * 70_000, at * 70_000 + 5_000, COACH, f"Nod {at}.") for at in range(25)]
    talk = make_talk("A talk", cues)
    make_talk("Another", cues)
    first = find("nod", talk=talk.pk)
    second = find("nod", talk=talk.pk, page=2)
    assert (first.count, len(first.hits), len(second.hits)) == (25, 20, 5)
    assert {hit.page_id for hit in (*first.hits, *second.hits)} == {talk.pk}
    assert len({hit.start_ms for hit in (*first.hits, *second.hits)}) == 25
    assert find("nod").hits[0].more == 24


def test_a_talk_that_is_hidden_or_none_has_no_moments() -> None:
    talk = make_talk("Nods", TALK)
    talk.unpublish()
    assert not find("nods", talk=talk.pk).found
    assert not find("nods", talk=999_999_999).found


def test_pages_of_places_do_not_overlap_where_talks_have_many_moments() -> None:
    for number in range(23):
        make_talk(f"Talk {number}", [(at * 70_000, at * 70_000 + 9, "", "nod") for at in range(3)])
    pages = [find("nod", page=page) for page in (1, 2)]
    assert [(each.count, len(each.hits)) for each in pages] == [(23, 20), (23, 3)]
    assert len({hit.page_id for each in pages for hit in each.hits}) == 23


def test_a_quoted_phrase_is_found_as_it_stands_only() -> None:
    make_found("One", "hold a one to one talk")
    make_found("Two", "one talk to hold at one")
    assert titles(find("“one to one”")) == ["One"]


def test_words_as_typed_come_before_the_same_words_apart() -> None:
    make_found("Apart", "The start of term is calm. Each day is new, and so is the year.")
    make_found("Together", "A calm start is what each new day of term and year needs.")
    assert titles(find("calm start"))[0] == "Together"


def test_a_spoken_sentence_finds_its_talk_and_opens_it_at_the_second() -> None:
    make_talk("What a coach listens for", TALK)
    make_found("Half the coaching budget", "Listening, waiting, finding out what is enough")
    first = find("The other half is waiting long enough to find out what you heard!").hits[0]
    assert first.url.endswith("/what-a-coach-listens-for/?t=18")
    assert first.speaker == COACH


@pytest.mark.parametrize(
    ("_start", "second", "who", "cue"), [(c[0], c[0], c[2], c[3]) for c in TALK]
)
def test_each_cue_opens_at_its_own_second(_start: int, second: int, who: str, cue: str) -> None:
    make_talk("What a coach listens for", TALK)
    first = find(cue).hits[0]
    assert (first.url.rpartition("=")[2], first.speaker) == (str(second // 1000), who)


def test_a_sentence_remembered_wrongly_still_finds_its_moment() -> None:
    make_talk("What a coach listens for", TALK)
    make_found("Coaching", "We are waiting to hear what coaches find out about children")
    first = find("the second half is to wait until you find out what it was you heard").hits[0]
    assert first.url.endswith("?t=18")


def test_a_sentence_across_two_passages_is_one_place() -> None:
    make_talk("What a coach listens for", TALK)
    answer = find("That is the whole of it. We thought we had been listening to our children.")
    assert (answer.count, answer.hits[0].start_ms) == (1, 40_000)


def test_a_word_of_an_overlap_is_counted_once() -> None:
    make_talk("Nods", TALK)
    assert find("heard").count == 1


def test_a_snippet_of_speech_keeps_to_one_speaker() -> None:
    make_talk("Nods", TALK)
    hit = find("thought listening children").hits[0]
    said = "".join(part.text for part in hit.snippet)
    assert "whole of it" not in said
    assert hit.speaker == "Head of year"


def test_hits_are_marked() -> None:
    make_talk("Nods", TALK)
    marked = [part.text for part in find("collect nods").hits[0].snippet if part.hit]
    assert marked == ["collecting nods"]


def test_synonyms_find_each_other() -> None:
    Synonyms.objects.create(words="INSET, CPD, continuing professional development")
    make_found("Days of training", "An INSET day in September")
    make_found("A policy", "Continuing professional development for all")
    assert find("CPD").count == 2
    assert find("continuing professional development").count == 2
    assert find("inset day").count == 1


def test_a_mistyped_word_is_named_and_mended() -> None:
    make_found("Listening campaign")
    answer = find("lisening")
    assert (answer.nowhere, answer.shown, answer.count) == (("lisening",), "listening", 1)


def test_another_guess_is_offered() -> None:
    make_found("Marking", "marking and marching and marketing")
    make_found("Marking again", "marking")
    answer = find("marcing")
    assert answer.shown == "marking"
    assert answer.others == ("marching",)


def test_an_unfinished_word_finds_what_begins_so() -> None:
    make_found("Safeguarding", "Who to ask")
    answer = find("safeg")
    assert (answer.count, answer.nowhere) == (1, ())


def test_facets_count_what_choosing_them_would_show() -> None:
    make_found("One", "reading", facets={"topic": ("Joy",), "phase": ("Primary",)})
    make_found("Two", "reading", facets={"topic": ("Joy", "Coaching"), "phase": ("Secondary",)})
    make_found("Three", "reading", kind="document", facets={"topic": ("Coaching",)})
    answer = find("reading", chosen={"topic": ("Joy",)})
    assert answer.count == 2
    assert answer.facets["topic"] == {"Joy": 2, "Coaching": 2}
    assert answer.facets["phase"] == {"Primary": 1, "Secondary": 1}
    assert answer.facets["kind"] == {"page": 2}


def test_two_choices_in_a_facet_are_either_and_two_facets_are_both() -> None:
    make_found("One", "reading", facets={"topic": ("Joy",), "phase": ("Primary",)})
    make_found("Two", "reading", facets={"topic": ("Coaching",), "phase": ("Primary",)})
    make_found("Three", "reading", facets={"topic": ("Strategy",), "phase": ("Secondary",)})
    either = {"topic": ("Joy", "Coaching", "Strategy")}
    assert find("reading", chosen=either).count == 3
    assert find("reading", chosen={**either, "phase": ("Primary",)}).count == 2


def test_every_count_is_what_its_choice_shows() -> None:
    make_talk("Nods", TALK, facets={"topic": ("Coaching",)})
    make_found("Listening", "listening", facets={"topic": ("Coaching", "Joy")})
    counts = find("listening").facets
    for name, values in counts.items():
        for value, count in values.items():
            assert find("listening", chosen={name: (value,)}).count == count


def test_the_newest_come_first_when_asked() -> None:
    for year in (2021, 2024, 2022):
        make_found(f"Report {year}", "reading", date=dt.date(year, 5, 1))
    make_found("Report without a date", "reading")
    found = titles(find("reading", sort="newest"))
    assert found == ["Report 2024", "Report 2022", "Report 2021", "Report without a date"]


def test_pages_of_results_do_not_overlap() -> None:
    for number in range(25):
        make_found(f"Report {number}", "reading")
    first, second = find("reading"), find("reading", page=2)
    assert (len(first.hits), len(second.hits), second.count) == (20, 5, 25)
    assert len({hit.page_id for hit in (*first.hits, *second.hits)}) == 25


def test_suggestions_begin_the_words_of_a_title() -> None:
    make_found("What a coach listens for")
    make_found("Listening")
    make_found("A glistening day")
    assert [each.title for each in suggest("lis")] == ["Listening", "What a coach listens for"]
    assert [each.title for each in suggest("coa lis")] == ["What a coach listens for"]


def test_suggestions_of_one_title_are_told_apart() -> None:
    make_found("Entry routine", meta=("Secondary, Leeds", "PDF"))
    make_found("Entry routine", meta=("Adapted for Year 2", "PDF"))
    make_found("Entry hall", meta=("PDF",))
    told = {(each.title, each.detail) for each in suggest("entry")}
    assert told == {
        ("Entry routine", "Secondary, Leeds"),
        ("Entry routine", "Adapted for Year 2"),
        ("Entry hall", ""),
    }


def test_moments_are_not_suggested() -> None:
    make_talk("Nods", TALK)
    assert [each.url for each in suggest("nods")] == ["/nods/"]


def test_at_most_eight_are_suggested() -> None:
    for number in range(10):
        make_found(f"Listening {number}")
    assert len(suggest("listening")) == 8


def test_words_of_another_alphabet_are_found() -> None:
    make_found("Welcome", "خوش آمدید and добро пожаловать")
    assert find("пожаловать").count == 1
    assert find("آمدید").count == 1
