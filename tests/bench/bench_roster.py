"""The roster of a big cohort: how often it asks the database, the admin itself included."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bench.frame import at_most, benchmark
from tests.courses.factories import make_cohort, make_organiser, make_programme
from tests.courses.many import fill_with_people

PEOPLE = 2_000


@benchmark(at_most(12, "queries"), databases=True)
def roster_of_2000_places() -> float:
    cohort = make_cohort(make_programme())
    fill_with_people(cohort, PEOPLE)
    organiser = Client()
    organiser.force_login(make_organiser())
    url = reverse("courses_office:roster", args=[cohort.pk])
    organiser.get(url)  # the first page of a session writes a profile
    with CaptureQueriesContext(connection) as asked:
        page = organiser.get(url).content.decode()
    assert f"of {PEOPLE} people" in page
    return len(asked)
