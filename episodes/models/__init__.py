"""Series are albums, episodes their tracks."""

from episodes.models.consents import SpeakerConsent
from episodes.models.episode import EpisodePage
from episodes.models.index import EpisodeIndexPage, SeriesIndexPage
from episodes.models.series import SeriesPage

__all__ = ["EpisodeIndexPage", "EpisodePage", "SeriesIndexPage", "SeriesPage", "SpeakerConsent"]
