"""Find and replace, the history of words, what a machine proposes, and the glossary."""

from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission

from media import services
from media.cues import SpokenCue
from media.editor.compare import GONE, NEW, differences, words_changed
from media.editor.finding import Question, hits, replaced
from media.editor.nearmisses import glossary
from media.models import GlossaryTerm, Transcript, TranscriptRevision
from tests.media.factories import make_editor, make_organiser, make_recording, make_user

REPLACE = reverse("editor:replace")
Origin = TranscriptRevision.Origin


@pytest.fixture
def editor(db: None, client: Client) -> User:
    user = make_editor()
    client.force_login(user)
    return user


def talk(title: str = "A talk", **fields: Any) -> Transcript:
    made = make_recording(title, **fields).transcript
    assert made is not None
    return made


def url(name: str, transcript: Transcript, *more: int) -> str:
    return reverse(f"editor:{name}", args=[transcript.pk, *more])


def texts(transcript: Transcript) -> list[str]:
    return [cue.text for cue in transcript.cues.all()]


def cue(start: int, text: str, key: str = "", **parts: Any) -> SpokenCue:
    return SpokenCue(start_ms=start, end_ms=start + 900, text=text, key=key, **parts)


def ticks(client: Client, **question: str) -> list[str]:
    shown = client.get(REPLACE, question)
    return [hit.mark for talk in shown.context["talks"] for hit in talk.hits]


# Finding and replacing


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        (Question("pupil premium"), "The Pupil\nPremium grant", ["Pupil\nPremium"]),
        (Question("pupil premium", match_case=True), "The Pupil Premium", []),
        (Question("art"), "art, party", ["art", "art"]),
        (Question("art", whole=True), "art, party, Art", ["art", "Art"]),
        (Question("don't"), "We don’t", ["don’t"]),
        (Question("(a+b)."), "(a+b).", ["(a+b)."]),
        (Question("école"), "École", ["École"]),
    ],
)
def test_words_are_found_however_they_stand(
    question: Question, text: str, found: list[str]
) -> None:
    assert [hit.said for hit in hits(question, "k", 0, text)] == found


def test_only_ticked_places_are_replaced_and_doubts_go_along() -> None:
    question = Question("a", instead="ooo", whole=True)
    line = cue(0, "a b a c", "k", doubts=((2, 3), (6, 7)))
    marks = [hit.mark for hit in hits(question, "k", 0, line.text)]
    new, done = replaced(question, line, {marks[1]})
    assert (new.text, done) == ("a b ooo c", {marks[1]})
    assert [new.text[a:b] for a, b in new.doubts] == ["b", "c"]


def test_a_hit_shows_what_stands_around_it() -> None:
    text = "x" * 100 + "here" + "y" * 100
    (hit,) = hits(Question("here"), "k", 0, text)
    assert (hit.before, hit.after) == ("… " + "x" * 60, "y" * 60 + " …")


def test_a_preview_changes_nothing_and_ticked_places_are_one_state_a_talk(
    client: Client, editor: User
) -> None:
    one, two = talk("One"), talk("Two")
    found = ticks(client, find="routine", instead="habit")
    assert len(found) == 2
    assert one.revisions.count() == 1
    page = client.post(
        REPLACE, {"find": "routine", "instead": "habit", "hit": found}, follow=True
    ).content.decode()
    assert "2 places are replaced in 2 talks." in page
    for each in (one, two):
        assert "the word habit and" in texts(each)[0]
        newest = each.revisions.first()
        assert newest is not None
        assert (newest.origin, newest.made_by) == (Origin.REPLACED, editor)
        assert newest.note == "“routine” became “habit”"


def test_one_talk_alone_and_one_place_alone_can_be_chosen(client: Client, editor: User) -> None:
    one, two = talk("One"), talk("Two")
    assert len(ticks(client, find="the", talk=str(one.pk))) == 2
    first = ticks(client, find="the", talk=str(one.pk))[0]
    client.post(REPLACE, {"find": "the", "instead": "THE", "hit": [first]})
    assert sum(text.count("THE") for text in texts(one)) == 1
    assert two.revisions.count() == 1


def test_a_line_that_changed_after_the_preview_is_left_alone_and_told(
    client: Client, editor: User
) -> None:
    one = talk()
    found = ticks(client, find="routine", instead="habit")
    one.cues.filter(text__contains="routine").update(text="No routine here now")
    page = client.post(REPLACE, {"find": "routine", "instead": "habit", "hit": found}, follow=True)
    assert "1 left alone" in page.content.decode()
    assert texts(one)[0] == "No routine here now"


def test_nothing_ticked_and_lines_that_would_be_empty_stay(client: Client, editor: User) -> None:
    one = talk()
    page = client.post(REPLACE, {"find": "routine", "instead": "habit"}, follow=True)
    assert "Nothing was ticked" in page.content.decode()
    found = ticks(client, find="And nor do I.")
    client.post(REPLACE, {"find": "And nor do I.", "hit": found})
    assert texts(one)[2] == "And nor do I."
    assert one.revisions.count() == 1


def test_replacing_in_a_checked_talk_leaves_it_checked(client: Client, editor: User) -> None:
    one = talk()
    services.mark_checked(transcript=one, user=editor)
    found = ticks(client, find="routine", instead="habit")
    client.post(REPLACE, {"find": "routine", "instead": "habit", "hit": found})
    one.refresh_from_db()
    assert (one.is_checked, one.corrected_since) == (True, True)
    client.post(url("take", one, 1))
    one.refresh_from_db()
    assert (one.is_checked, one.corrected_since) == (True, False)


def test_only_collections_that_one_may_change_are_searched(client: Client, editor: User) -> None:
    secret = Collection.get_first_root_node().add_child(name="Secret")
    talk("Open")
    hidden = talk("Hidden", collection=secret)
    limited = make_user("limited", "Library editors")
    limited.groups.clear()
    group = Group.objects.create(name="Secret keepers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupCollectionPermission.objects.create(
        group=group,
        collection=secret,
        permission=Permission.objects.get(codename="change_recording"),
    )
    limited.groups.add(group)
    client.force_login(limited)
    shown = client.get(REPLACE, {"find": "routine"})
    assert [each.transcript for each in shown.context["talks"]] == [hidden]
    assert client.get(url("lines", hidden)).status_code == 200


def test_long_lists_are_cut_and_say_so(client: Client, editor: User) -> None:
    many = "\n\n".join(f"00:{at:02}.000 --> 00:{at:02}.900\n{'so ' * 20}" for at in range(30))
    talk(words=f"WEBVTT\n\n{many}")
    page = client.get(REPLACE, {"find": "so", "whole": "on"}).content.decode()
    assert "600 places in" in page
    assert "and 100 more" in page


@pytest.mark.parametrize("find", ["", " ", "x" * 201])
def test_a_question_that_is_none_shows_the_form_again(
    client: Client, editor: User, find: str
) -> None:
    page = client.get(REPLACE, {"find": find})
    assert (page.status_code, page.context["talks"]) == (200, [])
    assert "error-message" in page.content.decode()


def test_replacing_leads_back_to_the_talk_it_came_from(client: Client, editor: User) -> None:
    one = talk("One")
    way_back = reverse("editor:lines", args=[one.pk])
    page = client.get(REPLACE, {"talk": one.pk}).content.decode()
    assert f'<a href="{way_back}">Back to the words of One</a>' in page
    assert ">One</option>" in page
    for asked in ("", "0", "x", "1e9", "²"):
        answer = client.get(REPLACE, {"talk": asked})
        assert (answer.status_code, answer.context["transcript"]) == (200, None)


def test_talks_in_another_language_say_so(client: Client, editor: User) -> None:
    one = talk("One")
    Transcript.objects.create(recording=one.recording, language="ur")
    page = client.get(REPLACE).content.decode()
    assert ">One</option>" in page
    assert ">One (ur)</option>" in page


def test_replacing_is_for_those_who_may_change_recordings(client: Client, db: None) -> None:
    one = talk()
    assert client.get(REPLACE)["Location"].startswith("/admin/login/")
    client.force_login(make_organiser())
    assert client.get(REPLACE).status_code == 302
    mark = next(hits(Question("routine"), one.cues.all()[0].key, 0, texts(one)[0])).mark
    client.post(REPLACE, {"find": "routine", "instead": "habit", "hit": [mark]})
    assert one.revisions.count() == 1


# The history


def test_states_show_who_when_how_and_how_many_words(client: Client, editor: User) -> None:
    one = talk()
    found = ticks(client, find="routine", instead="daily habit")
    client.post(REPLACE, {"find": "routine", "instead": "daily habit", "hit": found})
    shown = client.get(url("history", one))
    assert [entry.changed for entry in shown.context["entries"]] == [2, None]
    page = shown.content.decode()
    for words in ("Found and replaced", "From a file", "editor", "“routine” became", "(now)"):
        assert words in page


def test_a_long_history_is_paged(client: Client, editor: User) -> None:
    one = talk()
    for number in range(2, 30):
        services.write_revision(transcript=one, cues=[cue(0, f"line {number}")], origin="edited")
    first = client.get(url("history", one)).context["entries"]
    last = client.get(url("history", one), {"p": "2"}).context["entries"]
    assert (len(first), len(last)) == (20, 9)
    assert [first[-1].changed, last[-1].changed] == [1, None]


def test_a_comparison_names_the_words_that_differ(client: Client, editor: User) -> None:
    one = talk()
    found = ticks(client, find="routine", instead="habit")
    client.post(REPLACE, {"find": "routine", "instead": "habit", "hit": found})
    page = client.get(url("compare", one, 1)).content.decode()
    assert ">habit</del" in page
    assert ">routine</ins" in page
    assert "argue the opposite" not in page
    client.post(url("take", one, 1))
    assert "the word routine" in texts(one)[0]
    newest = one.revisions.first()
    assert newest is not None
    assert (newest.number, newest.origin, newest.note) == (3, Origin.RESTORED, "Revision 1")


def test_differences_are_told_by_line_even_without_keys() -> None:
    before = [cue(0, "one two", "a"), cue(1000, "three", "b"), cue(5000, "gone", "c")]
    after = [cue(0, "one too", "a"), cue(1200, "thr", ""), cue(1600, "ee", ""), cue(9000, "new")]
    found = list(differences(before, after))
    assert [each.start_ms for each in found] == [0, 1000, 5000, 9000]
    assert (GONE, "two") in found[0].words
    assert (NEW, "too") in found[0].words
    assert found[1].notes == ("1 line became 2",)
    assert found[2].words == ((GONE, "gone"),)
    assert found[3].words == ((NEW, "new"),)
    assert words_changed(before, after) == 4


def test_lines_that_follow_each_other_are_told_one_by_one() -> None:
    """As two machines write a talk down: no line begins where another does, and none ends."""
    before = [lasting(2000, 2000 * at, f"word {at}") for at in range(600)]
    after = [lasting(2000, 2000 * at + 700, f"sword {at}") for at in range(600)]
    told = [each.words[:2] for each in differences(before, after)]
    assert told == [((GONE, "word"), (NEW, "sword"))] * 600


def lasting(milliseconds: int, start: int, text: str) -> SpokenCue:
    return replace(cue(start, text, key=text), end_ms=start + milliseconds)


def test_a_comparison_of_endless_words_is_told_as_a_whole() -> None:
    old, new = "a " * 20_000, "b " * 20_000
    (found,) = differences([cue(0, old, "a")], [cue(0, new, "a")])
    assert found.words == ((GONE, old), (NEW, new))
    many = [cue(0, "a", f"a{at}") for at in range(500)]
    assert all(len(each.words) < 30 for each in differences(many, []))


def test_other_times_and_speakers_are_told_too() -> None:
    before = [cue(0, "one", "a"), cue(1000, "two", "b", speaker="A")]
    after = [cue(100, "one", "a"), cue(1000, "two", "b", speaker="B")]
    assert [each.notes for each in differences(before, after)] == [
        ("Other times",),
        ("Speaker: A became B",),
    ]
    assert list(differences(before, before)) == []


def test_what_a_machine_heard_anew_is_offered_taken_or_refused(
    client: Client, editor: User
) -> None:
    one = talk()
    heard = [cue(0, "People here the word routine.")]
    for _ in range(2):
        services.propose_transcript(recording=one.recording, cues=heard, origin="heard")
    number = one.revisions.get(proposed=True).number
    assert "A newer automatic version is there" in client.get(url("lines", one)).content.decode()
    assert "Keep our words" in client.get(url("compare", one, number)).content.decode()
    client.post(url("refuse", one))
    assert "A newer automatic version" not in client.get(url("lines", one)).content.decode()
    assert len(texts(one)) == 3
    client.post(url("take", one, number))
    assert texts(one) == ["People here the word routine."]


@pytest.mark.parametrize("name", ["history", "compare", "take", "refuse", "names"])
def test_the_history_is_for_those_who_may_change_the_recording(
    client: Client, db: None, name: str
) -> None:
    one = talk()
    address = url(name, one, 1) if name in ("compare", "take") else url(name, one)
    ask = client.post if name in ("take", "refuse") else client.get
    assert ask(address)["Location"].startswith("/admin/login/")
    client.force_login(make_organiser())
    assert ask(address).status_code == 302
    assert one.revisions.count() == 1


@pytest.mark.parametrize("name", ["take", "refuse"])
def test_a_get_brings_nothing_back(client: Client, editor: User, name: str) -> None:
    one = talk()
    address = url(name, one, 1) if name == "take" else url(name, one)
    assert client.get(address).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert strict.post(address).status_code == 403
    assert one.revisions.count() == 1


def test_names_of_speakers_come_from_other_talks_the_most_frequent_first(
    client: Client, editor: User
) -> None:
    one = talk()
    names = client.get(url("names", one)).json()["names"]
    assert names == ["Vice principal", "Teacher of science"]


def test_words_from_before_get_keys_and_know_what_was_checked(db: None) -> None:
    fill = import_module("media.migrations.0007_lines_keep_their_key").fill
    one = talk()
    services.mark_checked(transcript=one)
    heard = [cue(0, "Heard anew.")]
    services.propose_transcript(recording=one.recording, cues=heard, origin="heard")
    one.revisions.update(proposed=False)
    Transcript.objects.update(checked_revision=None)
    keys = list(one.cues.values_list("key", flat=True))
    fill(apps, None)
    one.refresh_from_db()
    assert (one.checked_revision, one.corrected_since) == (1, False)
    assert one.revisions.get(proposed=True).number == 2
    fresh = list(one.cues.values_list("key", flat=True))
    assert len({*keys, *fresh}) == 2 * len(keys)


def test_words_that_had_no_history_get_one_and_stay_checked(client: Client, editor: User) -> None:
    one = talk()
    one.revisions.all().delete()
    Transcript.objects.update(revision=0)
    one.refresh_from_db()
    services.mark_checked(transcript=one, user=editor)
    found = ticks(client, find="routine", instead="habit")
    client.post(REPLACE, {"find": "routine", "instead": "habit", "hit": found})
    one.refresh_from_db()
    assert [each.number for each in one.revisions.all()] == [2, 1]
    assert (one.is_checked, one.checked_revision, one.corrected_since) == (True, 1, True)


# The glossary

TERMS = glossary(
    (
        ("Pupil Premium", ("people premium",)),
        ("Oak", ("oke",)),
        ("Dixons", ()),
        ("phonics", ()),
        ("metacognition", ("met a cognition",)),
    )
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the people premium grant", [("people premium", "Pupil Premium")]),
        ("the pupil premium", [("pupil premium", "Pupil Premium")]),
        ("the Pupil\nPremium", []),
        ("Pupil premiums", []),
        ("Dickson's academy", []),
        ("Dixon's academy, Dixens", [("Dixon's", "Dixons"), ("Dixens", "Dixons")]),
        ("fonics, phoncs, phonics, Phonics", [("phoncs", "phonics")]),
        ("a met a cognition b", [("met a cognition", "metacognition")]),
        ("metacogniton", [("metacogniton", "metacognition")]),
        ("an oke and an oak", [("oke", "Oak"), ("oak", "Oak")]),
        ("oat, soak", []),
        ("", []),
    ],
)
def test_words_near_a_term_are_found(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[m.first : m.last], m.term) for m in TERMS.misses(text)] == found


def test_the_editor_is_told_of_near_misses(client: Client, editor: User) -> None:
    GlossaryTerm.objects.create(term="cool room", heard_as="cold room")
    one = talk()
    line = client.get(url("state", one)).json()["lines"][0]
    first, last, term = line[2][0]
    assert (line[1][3][first:last], term) == ("cold room", "cool room")


def test_a_changed_glossary_is_seen_in_lines_that_were_looked_through_before(
    client: Client, editor: User
) -> None:
    one = talk()
    term = GlossaryTerm.objects.create(term="cool room", heard_as="cold room")
    assert client.get(url("state", one)).json()["lines"][0][2]
    term.delete()
    assert client.get(url("state", one)).json()["lines"][0][2] == []


def test_editors_keep_the_glossary_and_others_do_not_see_it(client: Client, editor: User) -> None:
    add = reverse("wagtailsnippets_media_glossaryterm:add")
    answer = client.post(add, {"term": "Pupil Premium", "heard_as": "people premium"})
    assert answer.status_code == 302
    assert GlossaryTerm.objects.get().mishearings == ["people premium"]
    client.force_login(make_organiser())
    assert client.get(add).status_code == 302
    assert client.post(add, {"term": "Other"}).status_code == 302
    assert GlossaryTerm.objects.count() == 1
