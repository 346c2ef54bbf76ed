"""Civic work: frameworks, listening campaigns and events."""

from community.models.campaigns import CampaignPage
from community.models.civic import CivicPage
from community.models.event_index import EventIndexPage
from community.models.events import EventPage
from community.models.framework_parts import Aim, Pillar, Priority, Stage, Statement, Strand
from community.models.frameworks import FrameworkPage

__all__ = [
    "Aim",
    "CampaignPage",
    "CivicPage",
    "EventIndexPage",
    "EventPage",
    "FrameworkPage",
    "Pillar",
    "Priority",
    "Stage",
    "Statement",
    "Strand",
]
