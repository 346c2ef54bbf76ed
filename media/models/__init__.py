"""Files and words: images, documents, recordings, transcripts. Knows no other app."""

from media.models.documents import CustomDocument
from media.models.images import CustomImage, CustomRendition
from media.models.recordings import Recording, Rendition
from media.models.transcripts import Cue, Transcript

__all__ = [
    "Cue",
    "CustomDocument",
    "CustomImage",
    "CustomRendition",
    "Recording",
    "Rendition",
    "Transcript",
]
