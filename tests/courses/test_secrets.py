"""Joining links stand where they may and nowhere else; links in mails only show."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.serializers import serialize
from django.test import Client
from django.utils import timezone

from courses.models import Booking, Cohort, OutboxMessage, WaitingEntry
from courses.services import Attendee, cancel_place, join_waiting_list, send_due
from search.services import index_page
from tests.courses.factories import make_cohort, make_registration

CANARY = "canary-9f3b"
SECRET = f"zoom.example/j/{CANARY}"
PRIVATE_LINK = re.compile(r'href="(/training/(?:booking|waiting)/[^"]+)"')
PUBLIC = ["/", "/training/", "/search/?q=organising", f"/search/?q={CANARY}", "/sitemap.xml"]
PUBLIC += ["/api/v2/pages/?limit=20&fields=*", "/feed/", "/robots.txt", "/health/"]


@pytest.fixture
def booked(cohort: Cohort) -> Booking:
    """A cohort whose first session begins in three hours; each of its links is a canary."""
    begins = timezone.now() + timedelta(hours=3)
    for number, session in enumerate(cohort.dated):
        session.starts_at = begins + timedelta(weeks=number)
        session.ends_at = session.starts_at + timedelta(hours=2)
        session.joining_link = f"https://zoom.example/j/{CANARY}-{number}"
        session.save()
    cohort.refresh_from_db()
    return make_registration(cohort, "one@school.example", "two@school.example").booking


def read(client: Client, url: str) -> str:
    return client.get(url).content.decode(errors="replace")


def waiting(cohort: Cohort, name: str) -> WaitingEntry:
    person = Attendee(name, f"{name}@school.example")
    entry = join_waiting_list(cohort_id=cohort.pk, person=person, consent_version="2026-11")
    assert entry
    return entry


def test_a_joining_link_stands_on_the_page_of_its_person(client: Client, booked: Booking) -> None:
    """The canary sings where it may: else the tests below would prove nothing."""
    page = read(client, booked.places.all()[0].url)
    assert f"{CANARY}-0" in page
    assert f"{CANARY}-1" not in page


def test_no_public_place_shows_a_joining_link(client: Client, booked: Booking) -> None:
    cohort = booked.cohort
    index_page(cohort.programme_id)
    urls = [*PUBLIC, cohort.programme.url, cohort.register_url, cohort.joined_url]
    urls += [f"/api/v2/pages/{cohort.programme_id}/?fields=*"]
    for url in urls:
        answer = client.get(url)
        assert answer.status_code in (200, 301, 302, 404), url
        assert SECRET not in answer.content.decode(errors="replace"), url
    assert cohort.programme.url not in read(client, f"/search/?q={CANARY}")
    assert cohort.programme.url in read(client, "/search/?q=organising")


def test_no_page_of_a_booker_or_of_who_waits_shows_a_joining_link(
    client: Client, booked: Booking
) -> None:
    Cohort.objects.filter(pk=booked.cohort_id).update(capacity=2)
    entries = [waiting(booked.cohort, name) for name in ("ann", "ben")]
    cancel_place(place=booked.places.all()[0])
    gone = booked.places.all()[0]
    pages = [booked.url, f"{booked.url}calendar.ics", gone.url]
    pages += [f"{booked.url}{what}/" for what in ("add", "order", "cancel")]
    pages += [f"{booked.url}{booked.places.all()[1].pk}/{what}/" for what in ("swap", "cancel")]
    pages += [url for entry in entries for url in (entry.url, f"{entry.url}leave/")]
    for url in pages:
        assert CANARY not in read(client, url), url


def test_no_calendar_holds_a_joining_link(client: Client, booked: Booking) -> None:
    for token in (booked.token, booked.places.all()[0].token):
        for name in ("calendar.ics", "feed.ics"):
            assert CANARY not in read(client, f"/training/booking/{token}/{name}")
    attached = OutboxMessage.objects.values_list("attachments", flat=True)
    assert any(attached)
    assert CANARY not in str(list(attached))


def test_only_a_persons_own_mail_holds_a_joining_link(booked: Booking) -> None:
    Cohort.objects.filter(pk=booked.cohort_id).update(capacity=2)
    waiting(booked.cohort, "ann")
    cancel_place(place=booked.places.all()[0])
    holding = {
        (each.kind, each.to)
        for each in OutboxMessage.objects.all()
        if CANARY in f"{each.subject}{each.text}{each.html}"
    }
    assert holding == {("place", "one@school.example"), ("place", "two@school.example")}


def test_the_index_and_the_revisions_of_pages_hold_no_joining_link(booked: Booking) -> None:
    booked.cohort.programme.save_revision().publish()
    index_page(booked.cohort.programme_id)
    for model in apps.get_models():
        if model._meta.app_label in ("search", "wagtailsearch", "wagtailcore", "core"):
            assert CANARY not in serialize("json", model._default_manager.all()), model


# Links in mails ----------------------------------------------------------------------------------


def every_mail(cohort: Cohort) -> None:
    """One of each kind that a person gets, on a cohort with two seats."""
    Cohort.objects.filter(pk=cohort.pk).update(capacity=2)
    place = make_registration(cohort, "one@school.example", "two@school.example").booking.places
    waiting(cohort, "ann")
    waiting(cohort, "ben")
    cancel_place(place=place.all()[0])
    soon = make_cohort(cohort.programme, opens_at=timezone.now() + timedelta(days=3))
    waiting(soon, "cleo")
    send_due()
    send_due(now=timezone.now() + timedelta(days=4))


def links() -> set[str]:
    mails = OutboxMessage.objects.values_list("text", "html")
    found = {link for mail in mails for link in re.findall(r"https?://[^\s\"<>]+", " ".join(mail))}
    return {link for link in found if "zoom.example" not in link}


def everything() -> list[Any]:
    models = [*apps.get_app_config("courses").get_models()]
    return [list(model._default_manager.order_by("pk").values()) for model in models]


def test_a_scanner_that_follows_every_link_of_every_mail_changes_nothing(
    client: Client, cohort: Cohort, settings: Any
) -> None:
    every_mail(cohort)
    found = sorted({link.removeprefix(settings.SITE_URL) for link in links()})
    private = [url for url in found if "/booking/" in url or "/waiting/" in url]
    assert len(private) >= 6
    before = everything()
    for url in found:
        for ask in (client.get, client.head):
            assert ask(url or "/", follow=True).status_code in (200, 404), url
    for url in private:
        for further in re.findall(
            r'href="(/training/(?:booking|waiting)/[^"]+)"', read(client, url)
        ):
            assert client.get(further).status_code == 200
    assert everything() == before


def test_the_scanners_check_can_fail(client: Client, cohort: Cohort) -> None:
    place = make_registration(cohort, "one@school.example").booking.places.get()
    before = everything()
    cancel_place(place=place)
    assert everything() != before
