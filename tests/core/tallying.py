"""What many senders do at once: one of the processes of test_guard.py, and its threads."""

import os
import sys
import threading

THREADS, FORMS = 3, 20
KEYS = ["a network", "an address"]


def in_a_process(database: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    sys.path.insert(0, "site")
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    in_threads()


def in_threads() -> None:
    threads = [threading.Thread(target=send_many) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def send_many() -> None:
    from django.db import connection

    from core.models import Tally

    for number in range(FORMS):
        Tally.objects.count_one_more(KEYS if number % 2 else KEYS[::-1], hour=1)
    connection.close()
