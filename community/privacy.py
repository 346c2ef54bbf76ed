"""Campaigns, events and frameworks; of people only who promised something."""

from core.privacy import about_nobody, page
from privacy.declared import ByHand, by_hand, nothing_personal, person
from privacy.others.words import PUBLISHED
from privacy.registry import declare

PART = ("id", "sort_order", "title", "text")

page(
    "community.CampaignPage",
    nothing_personal("area", "year", "partner", "reach", "reach_what", "source", "method"),
)
about_nobody("community.Answer", "id", "sort_order", "page", "topic", "said", "did", "is_sample")
declare(
    "community.Commitment",
    person("who promised", ByHand(), PUBLISHED, by_hand("who", "who promised")),
    nothing_personal("id", "sort_order", "page", "what", "by_when", "state", "is_sample"),
)
for name in ("CampaignPriority", "Meeting", "Pillar", "Statement", "Strand", "Stage"):
    about_nobody(f"community.{name}", *PART, "page")
about_nobody("community.Priority", *PART, "stage")
about_nobody("community.Aim", *PART, "page", "strand_titles", "action_plan", "plan_is_internal")
page(
    "community.EventPage",
    nothing_personal(
        *("starts_at", "ends_at", "repeat", "until", "place", "is_cancelled", "sequence"),
        *("area", "audience", "body"),
    ),
)
about_nobody("community.DayOff", "id", "sort_order", "page", "date")
page("community.EventIndexPage")
page(
    "community.FrameworkPage",
    nothing_personal("document", "builds_on", "builds_on_url", "objective"),
)
page("community.CivicPage", nothing_personal("task_force", "task_force_text"))
