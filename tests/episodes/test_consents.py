"""A speaker's consent: noted by the office, asked for before publishing, never shown."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset

from episodes import readiness
from episodes.models import EpisodePage, SpeakerConsent
from home.models import HomePage
from search.models import IndexedRow, VocabularyWord
from tests.episodes.factories import consent, make_episode, make_person, make_series
from tests.episodes.test_editing import form
from tests.episodes.test_readiness import checked, edit, named, publish, whole
from tests.factories import make_topic
from tests.media.factories import make_editor, make_organiser
from tests.resources.factories import make_resource

SECRET = "Canary in the drawer"


@pytest.fixture
def editor(home: HomePage, client: Client) -> User:
    user = make_editor()
    client.force_login(user)
    return user


def rows(*consents: dict[str, Any]) -> Any:
    return inline_formset([{"given_on": "2026-11-02", "note": "", **each} for each in consents])


def two_speakers() -> EpisodePage:
    first, second = make_person("Vice principal"), make_person("Teacher of science")
    return whole(people=[first, second], consents=[first])


def test_every_speaker_who_is_named_is_asked(home: HomePage) -> None:
    page = two_speakers()
    assert named(page)[0] == ["Speakers’ consent"]
    point = readiness.consent(readiness.facts_of(page))
    assert "“Teacher of science”" in point.todo
    assert "“Vice principal”" not in point.todo


def test_a_talk_without_named_speakers_asks_for_nobody_s_consent(home: HomePage) -> None:
    assert named(whole(people=[], consents=[])) == ([], ["People"])


def test_a_consent_to_one_talk_is_none_to_another(home: HomePage) -> None:
    speaker = make_person()
    whole(people=[speaker], consents=[speaker])
    other = make_episode("Other", recording=checked(), people=[speaker], links=[make_resource()])
    assert named(other)[0] == ["Speakers’ consent"]


def test_an_editor_notes_it_and_need_not_write_the_own_name(client: Client, editor: User) -> None:
    editor.first_name, editor.last_name = "Sample", "Editor"
    editor.save()
    speaker = make_person()
    page = whole(people=[speaker], consents=[], live=False)
    answer = publish(
        client,
        page,
        links_out=inline_formset([{"target": make_resource(slug="more").pk}]),
        consents=rows({"speaker": speaker.pk, "recorded_by": "", "note": "By mail."}),
    )
    assert answer.status_code == 302
    noted = SpeakerConsent.objects.get()
    assert (noted.given_on, noted.recorded_by) == (date(2026, 11, 2), "Sample Editor")
    assert noted.note == "By mail."


def test_a_name_that_was_written_stays(client: Client, editor: User) -> None:
    speaker = make_person()
    page = whole(live=False)
    publish(
        client,
        page,
        links_out=inline_formset([{"target": make_resource(slug="more").pk}]),
        consents=rows({"speaker": speaker.pk, "recorded_by": "The office"}),
    )
    assert "The office" in SpeakerConsent.objects.values_list("recorded_by", flat=True)


def test_a_day_that_has_not_come_is_refused_and_what_was_typed_stays(
    client: Client, editor: User
) -> None:
    speaker = make_person()
    page = whole(live=False)
    ahead = (timezone.localdate() + timedelta(days=1)).isoformat()
    answer = publish(
        client,
        page,
        consents=rows({"speaker": speaker.pk, "given_on": ahead, "recorded_by": SECRET}),
    )
    assert "This day has not come yet." in answer.content.decode()
    assert SECRET in answer.content.decode()


def test_the_same_speaker_twice_is_refused(client: Client, editor: User) -> None:
    speaker = make_person()
    page = whole(live=False)
    twice = [{"speaker": speaker.pk, "recorded_by": "A"}, {"speaker": speaker.pk}]
    assert publish(client, page, consents=rows(*twice)).status_code == 200


def test_an_organiser_neither_sees_nor_changes_it(client: Client, home: HomePage) -> None:
    page = make_episode(people=[make_person()])
    page.consents.add(consent(make_person("Another"), note=SECRET))
    page.save()
    client.force_login(make_organiser())
    answer = client.get(edit(page), follow=True)
    assert SECRET not in answer.content.decode()
    assert client.post(edit(page), form(consents=inline_formset([]))).status_code == 302
    assert SpeakerConsent.objects.count() == 1


def addresses_of(page: EpisodePage) -> list[str]:
    """Wherever the talk shows itself to readers and machines."""
    series = page.get_parent().specific
    (person,) = (row.person for row in page.page_people.all())
    assert page.transcript is not None
    words = page.transcript.pk
    return [
        page.url,
        series.url,
        person.url,
        "/",
        "/library/",
        reverse("embed", args=[page.pk]),
        reverse("chapters", args=[page.pk]),
        f"/oembed/?url=http://testserver{page.url}",
        "/sitemap.xml",
        "/feed/",
        "/feed/podcast/",
        "/feed/video/",
        f"/api/v2/pages/{page.pk}/",
        f"/api/v2/pages/{page.pk}/?fields=*",
        "/api/v2/pages/?type=episodes.EpisodePage&fields=*",
        *(reverse("media:captions", args=[words, kind]) for kind in ("vtt", "srt")),
    ]


def test_nobody_outside_the_office_ever_reads_it(client: Client, home: HomePage) -> None:
    speaker = make_person()
    page = make_episode(series=make_series(), people=[speaker], topics=[make_topic()])
    page.consents.add(consent(speaker, recorded_by=SECRET, note=SECRET, given_on=date(1999, 3, 7)))
    page.override = {"open": ["Resource"], "reason": SECRET, "user": None}
    page.save_revision().publish()
    call_command("rebuild_search")
    assert SpeakerConsent.objects.filter(note=SECRET).exists()
    for url in addresses_of(page):
        answer = client.get(url, follow=True)
        body = answer.getvalue().decode()
        assert answer.status_code == 200, url
        for word in (SECRET, "1999-03-07", "consents", "override"):
            assert word not in body, url
    indexed = IndexedRow.objects.filter(Q(body__contains="Canary") | Q(title__contains="Canary"))
    assert not indexed.exists()
    assert not VocabularyWord.objects.filter(word="canary").exists()
