"""Files and words: images, documents, recordings, transcripts. Knows no other app."""

from media.models.documents import CustomDocument
from media.models.drafts import WordsDraft
from media.models.glossary import GlossaryTerm
from media.models.images import CustomImage, CustomRendition
from media.models.jobs import Job
from media.models.orders import Order
from media.models.recordings import Recording, Rendition
from media.models.revisions import TranscriptRevision
from media.models.transcripts import Cue, Transcript
from media.models.uploads import Upload

__all__ = [
    "Cue",
    "CustomDocument",
    "CustomImage",
    "CustomRendition",
    "GlossaryTerm",
    "Job",
    "Order",
    "Recording",
    "Rendition",
    "Transcript",
    "TranscriptRevision",
    "Upload",
    "WordsDraft",
]
