"""One of the processes of test_credit_race.py: it credits one invoice again and again."""

import os
import sys
import time
from collections import Counter
from decimal import Decimal

TRIES, AMOUNT = 8, Decimal("60.00")


def contend(database: str, booking_id: int, way: str, worker: int) -> Counter[str]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    sys.path.insert(0, "site")
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    results: Counter[str] = Counter()
    credit = check_then_add if way == "unguarded" else guarded
    for _ in range(TRIES):
        try:
            credit(booking_id)
            results["credited"] += 1
        except Exception as error:
            results[type(error).__name__] += 1
    return results


def guarded(booking_id: int) -> None:
    from courses.models import Booking
    from courses.services.invoices import add_credit

    booking = Booking.objects.get(pk=booking_id)
    add_credit(booking=booking, amount=AMOUNT, reason="Race", by=None)


def check_then_add(booking_id: int) -> None:
    """The fault this app must not have: look what is left, then credit it."""
    from courses.models import Booking, CreditNote
    from courses.services.errors import CreditTooHigh
    from courses.services.invoices import credited

    booking = Booking.objects.get(pk=booking_id)
    left = booking.amount - credited(booking)
    if left < AMOUNT:
        raise CreditTooHigh(left)
    time.sleep(0.05)
    CreditNote.objects.create(booking=booking, amount=AMOUNT, reason="Race")
