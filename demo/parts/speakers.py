"""Who speaks in the demonstration, and the sample of a consent that the office would keep."""

from datetime import date

from django.utils.text import slugify

from core.models import PersonIndexPage, PersonPage
from demo.parts.making import ensure
from episodes.models import SpeakerConsent


def make_person(index: PersonIndexPage, role: str) -> PersonPage:
    post, _, place = role.partition(", ")
    fields = {"title": role, "role": post, "organisation": place, "is_sample": True}
    return ensure(PersonPage, index, slugify(role), **fields)[0]


def sample_consent(person: PersonPage, day: date) -> SpeakerConsent:
    return SpeakerConsent(
        speaker=person,
        given_on=day,
        recorded_by="Sample: office of the trust",
        note="Sample: the voices of the demonstration are made by a machine; nobody was asked.",
    )
