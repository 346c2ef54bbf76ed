"""What every site keeps: enquiries, people's own pages, counts of forms."""

from core.services.enquiries import kept_no_longer, never_closed
from privacy.declared import (
    ByHand,
    InWords,
    Nobody,
    Nothing,
    Person,
    address,
    by_hand,
    nothing_personal,
    person,
    redacted,
    stays,
    with_row,
)
from privacy.forgetting import as_declared
from privacy.others.words import PUBLISHED
from privacy.registry import declare, keep_until

ENQUIRY = "a year after it is closed; if nobody closes it, two years after it came"
declare(
    "core.Enquiry",
    person(
        "who asked",
        address("email"),
        ENQUIRY,
        with_row("name", "the name", is_name=True),
        with_row("email", "the address"),
        with_row("school", "where they work"),
        with_row("message", "what they wrote"),
        with_row("note", "what colleagues noted"),
        with_row("telling_failed", "why the mail to colleagues failed"),
    ),
    person(
        "whom an enquiry or a note names",
        InWords(),
        ENQUIRY,
        redacted("school", "where they work"),
        redacted("message", "what was written"),
        redacted("note", "what colleagues noted"),
    ),
    nothing_personal(
        "id", "kind", "about", "state", "form_token", "created_at", "closed_at", "told_at"
    ),
)
declare(
    "core.Tally",
    person(
        "who sends forms",
        Nobody(),
        "until the hour is over",
        stays("who", "a keyed hash of the address or network", "cannot be read back, and goes"),
    ),
    nothing_personal("id", "hour", "sent"),
)
PAGE = ("page_ptr", "summary", "is_sample")


def about_nobody(label: str, *fields: str) -> None:
    """A page, or a part of one, that tells of no single person."""
    declare(label, nothing_personal(*fields))


def page(label: str, *parts: Person | Nothing) -> None:
    declare(label, nothing_personal(*PAGE), *parts)


page("core.EnquiryPage", nothing_personal("purpose", "intro", "thanks"))
page("core.PersonIndexPage")
page("core.TopicIndexPage")
page("core.TopicPage", nothing_personal("synonyms"))
page(
    "core.PersonPage",
    person(
        "who speaks in the library",
        ByHand(),
        PUBLISHED,
        by_hand("role", "the role"),
        by_hand("organisation", "where they work"),
        by_hand("biography", "who they are"),
        by_hand("photo", "the picture"),
    ),
)
about_nobody("core.PageLink", "id", "sort_order", "page", "target")
about_nobody("core.PageTopic", "id", "sort_order", "page", "topic")
declare(
    "core.PagePerson",
    person(
        "who speaks on a page", ByHand(), PUBLISHED, by_hand("person", "the page of the person")
    ),
    nothing_personal("id", "sort_order", "page"),
)
about_nobody("core.StaffRole", "name", "group", "granted")
declare(
    "core.SiteSettings",
    person(
        "who gets enquiries",
        address("contact_email"),
        "until an administrator changes it",
        by_hand("contact_email", "the contact e-mail in Settings, Site settings"),
    ),
    nothing_personal(
        *("id", "site", "name", "logo", "description", "notice", "accent", "accent_ink"),
        *("accent_dark", "accent_ink_dark", "footer", "contact_address"),
    ),
)
about_nobody("core.NavigationItem", "id", "sort_order", "settings", "page", "label", "place")
about_nobody("core.Worker", "name", "host", "process", "queues", "started_at", "beat_at")

keep_until(
    "enquiries",
    "Enquiries, a year after they were closed",
    kept_no_longer,
    as_declared("core.Enquiry"),
)
keep_until(
    "enquiries left open",
    "Enquiries that nobody closed, two years after they came",
    never_closed,
    as_declared("core.Enquiry"),
)
