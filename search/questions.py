"""Note what readers ask, for editors to see; never who, and nothing that looks personal."""

from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from search.finding import Answer
from search.models import AskedQuestion

MOST_WORDS = 8
MOST_A_DAY = 2_000
KEPT_DAYS = 400


def note_question(text: str, answer: Answer) -> None:
    """Count a question of today. Long ones are somebody's own words; addresses, and numbers that
    are found nowhere, may be somebody's own too: none of them is kept."""
    query = answer.query
    if not query or len(query.words) > MOST_WORDS or "@" in text:
        return
    found, partly = (0, answer.count) if answer.loose else (answer.count, 0)
    if not found and any(letter.isdigit() for letter in query.text):
        return
    try:
        with transaction.atomic():
            count(query.text[:120], {"found": found, "partly": partly})
    except DatabaseError:
        return  # a count less does no harm; an answer less would


def count(text: str, places: dict[str, int]) -> None:
    today = timezone.localdate()
    asked = AskedQuestion.objects.filter(day=today)
    if asked.filter(text=text).update(asked=F("asked") + 1, **places):
        return
    if asked.count() < MOST_A_DAY:
        AskedQuestion.objects.get_or_create(day=today, text=text, defaults={"asked": 1, **places})
        AskedQuestion.objects.filter(day__lt=today - timedelta(days=KEPT_DAYS)).delete()
