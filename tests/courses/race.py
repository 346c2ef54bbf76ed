"""One of the processes of test_race.py: many threads that all want a place on one cohort."""

import os
import sys
import threading
import time
from collections import Counter
from uuid import uuid4

THREADS, TRIES = 6, 5


def contend(database: str, cohort_id: int, way: str, worker: int) -> Counter[str]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    sys.path.insert(0, "site")
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    results: Counter[str] = Counter()
    threads = [
        threading.Thread(target=run, args=(cohort_id, way, f"{worker}-{number}", results))
        for number in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def run(cohort_id: int, way: str, name: str, results: "Counter[str]") -> None:
    from django.db import connection

    verb = check_then_add if way == "unguarded" else guarded
    for number in range(TRIES):
        try:
            verb(cohort_id, f"{name}-{number}@school.example")
            results["booked"] += 1
        except Exception as error:
            results[type(error).__name__] += 1
    connection.close()


def guarded(cohort_id: int, email: str) -> None:
    from courses.services import register
    from tests.courses.factories import make_order

    register(cohort_id=cohort_id, order=make_order(email), key=str(uuid4()))


def check_then_add(cohort_id: int, email: str) -> None:
    """The fault this app must not have: look whether a seat is free, then take it."""
    from courses.models import Booking, Cohort, Place
    from courses.services import CohortFull

    cohort = Cohort.objects.get(pk=cohort_id)
    if Place.objects.filter(cohort=cohort).count() >= (cohort.capacity or 0):
        raise CohortFull(left=0)
    time.sleep(0.02)
    booking = Booking.objects.get(cohort=cohort)
    Place.objects.create(booking=booking, cohort=cohort, name="Person", email=email)
