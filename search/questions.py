"""Note what readers ask, for editors to see; never who, and nothing that looks personal."""

from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from search.models import AskedQuestion
from search.query import Query

MOST_WORDS = 8
MOST_A_DAY = 2_000
KEPT_DAYS = 400


def note_question(text: str, query: Query, found: int) -> None:
    """Count a question of today. Long ones are somebody's own words; addresses, and numbers that
    are found nowhere, may be somebody's own too: none of them is kept."""
    if not query or len(query.words) > MOST_WORDS or "@" in text:
        return
    if not found and any(letter.isdigit() for letter in query.text):
        return
    try:
        with transaction.atomic():
            count(query.text[:120], found)
    except DatabaseError:
        return  # a count less does no harm; an answer less would


def count(text: str, found: int) -> None:
    today = timezone.localdate()
    asked = AskedQuestion.objects.filter(day=today)
    if asked.filter(text=text).update(asked=F("asked") + 1, found=found):
        return
    if asked.count() < MOST_A_DAY:
        AskedQuestion.objects.get_or_create(
            day=today, text=text, defaults={"asked": 1, "found": found}
        )
        AskedQuestion.objects.filter(day__lt=today - timedelta(days=KEPT_DAYS)).delete()
