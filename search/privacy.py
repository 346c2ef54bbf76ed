"""What the search keeps: the words of published pages, and what readers asked."""

from datetime import timedelta

from django.utils import timezone

from privacy.declared import InWords, Nobody, anew, nothing_personal, person, stays, with_row
from privacy.finding import find_in
from privacy.registry import TABLES, Asked, before_erasure, declare, keep_until
from search.engines import database_engine
from search.models import AskedQuestion, IndexedRow
from search.questions import KEPT_DAYS
from search.services import index_page, reindex_pages

declare(
    "search.IndexedRow",
    person(
        "who stands on a page that readers see",
        InWords(),
        "as long as the page; written anew whenever the page changes",
        anew("title", "the title"),
        anew("title_words", "the title, for comparing"),
        anew("speaker", "who speaks"),
        anew("meta", "what stands below the title"),
        anew("body", "the words of the page or of the moment"),
    ),
    nothing_personal(
        *("id", "key", "page_id", "kind", "start_ms", "end_ms", "date", "sample", "live", "public"),
        *("gone", "pending", "changed_at", "facets", "url", "code", "marks", "lead"),
    ),
)
declare("search.VocabularyWord", nothing_personal("word", "stem", "rows"))
declare("search.Synonyms", nothing_personal("id", "words"))
declare(
    "search.AskedQuestion",
    person(
        "whoever is asked for",
        InWords(),
        f"{KEPT_DAYS} days; questions with an address are never kept",
        with_row("text", "what was asked, not by whom"),
    ),
    person(
        "who asked",
        Nobody(),
        f"{KEPT_DAYS} days",
        stays("day", "on which day something was asked", "only a count, nobody is noted with it"),
    ),
    nothing_personal("id", "asked", "found", "partly"),
)

keep_until(
    "questions",
    f"What readers asked the search, after {KEPT_DAYS} days",
    lambda now: AskedQuestion.objects.filter(
        day__lt=timezone.localdate(now) - timedelta(days=KEPT_DAYS)
    ),
)


@before_erasure
def write_rows_anew(asked: Asked) -> None:
    """Rows, vocabulary and the database's index from the pages, which must be clean; the engine
    beside the database hears of it once all is done. What an index still knows of words that were
    taken out of it before goes, too."""
    holding = [
        pk for found in find_in(TABLES["search.IndexedRow"], asked.address) for pk in found.pks
    ]
    rows = IndexedRow.objects.filter(pk__in=holding)
    pages = set(rows.values_list("page_id", flat=True))
    for page_id in sorted(pages):
        index_page(page_id)
    database_engine().purge()
    reindex_pages(pages)
