"""Rows that can be found, the words they hold, synonyms, and what readers asked."""

from search.models.questions import AskedQuestion
from search.models.rows import IndexedRow
from search.models.vocabulary import Synonyms, VocabularyWord

__all__ = ["AskedQuestion", "IndexedRow", "Synonyms", "VocabularyWord"]
