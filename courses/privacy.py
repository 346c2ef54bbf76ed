"""What training keeps of people: who booked, who came, who waits, and what was written to them."""

from django.urls import reverse

from core.privacy import about_nobody, page
from courses.services import forgetting
from privacy.declared import (
    Account,
    ByHand,
    InWords,
    Person,
    address,
    by_hand,
    emptied,
    nothing_personal,
    person,
    redacted,
    renewed,
    replaced,
    stays,
    unreachable,
)
from privacy.others.words import HISTORY, NO_NAME, PUBLISHED
from privacy.registry import (
    after_export,
    before_erasure,
    declare,
    keep_until,
    knows_names,
    refuses,
    shown_at,
)

COHORT = "the months that its cohort says after the last session, 12 if nobody chose"
INVOICE = f"{COHORT}; with an open invoice until that is settled"
MAIL = (
    redacted("reply_to", "where answers go"),
    redacted("subject", "the subject"),
    redacted("text", "the words"),
    redacted("html", "the words, with headings"),
    redacted("attachments", "what is attached"),
    redacted("last_error", "why it was not sent"),
)
WORDS = f"the words {forgetting.WORDS_KEPT.days} days after it was sent, the address {COHORT}"


BOOKKEEPING = "as long as the site: it belongs to an invoice"


def colleague(field: str, who: str) -> Person:
    return person(who, Account(field), HISTORY, stays(field, who, NO_NAME))


declare(
    "courses.Place",
    person(
        "who attends",
        address("email"),
        COHORT,
        replaced("name", "the name"),
        unreachable("email", "the address"),
        renewed("token", "opens the person’s own page"),
    ),
    nothing_personal("id", "booking", "cohort", "state", "created_at", "cancelled_at"),
)
declare(
    "courses.Booking",
    person(
        "who booked",
        address("booker_email"),
        INVOICE,
        replaced("booker_name", "the name"),
        unreachable("booker_email", "the address"),
        renewed("token", "opens the booker’s own page"),
        emptied("fingerprint", "a hash of the form, to tell one sent twice"),
    ),
    person(
        "for whom a place was booked",
        address("places__email"),
        INVOICE,
        emptied("fingerprint", "a hash of the form, to tell one sent twice"),
    ),
    person(
        "whom the booker named in the purchase order",
        InWords(),
        BOOKKEEPING,
        redacted("purchase_order", "what was typed as its number"),
    ),
    nothing_personal(
        *("id", "reference", "cohort", "organisation", "claims_membership"),
        *("amount", "currency", "consent_version", "state", "idempotency_key", "invoice_state"),
        *("invoice_number", "created_at", "cancelled_at"),
    ),
)
declare(
    "courses.CreditNote",
    colleague("made_by", "the colleague who made it"),
    person("whom the reason names", InWords(), HISTORY, redacted("reason", "why")),
    nothing_personal("id", "booking", "amount", "made_at"),
)
declare(
    "courses.WaitingEntry",
    person(
        "who waits",
        address("email"),
        COHORT,
        replaced("name", "the name"),
        unreachable("email", "the address"),
        emptied("organisation", "where the person works"),
        renewed("token", "opens the person’s own page"),
    ),
    nothing_personal(
        *("id", "cohort", "kind", "consent_version", "state", "offered_at", "offer_ends_at"),
        *("place", "created_at", "turn_given_at"),
    ),
)
declare(
    "courses.OutboxMessage",
    person(
        "to whom it goes; what was not sent yet is deleted",
        address("to"),
        WORDS,
        unreachable("to", "the address"),
        emptied("reply_to", "where answers go"),
        emptied("subject", "the subject"),
        emptied("text", "the words"),
        emptied("html", "the words, with headings"),
        emptied("attachments", "the calendar file or certificate"),
        emptied("last_error", "why it was not sent"),
    ),
    person(
        "who is named in a mail to the booker",
        address("booking__places__email", "place__email"),
        WORDS,
        *MAIL,
    ),
    person(
        "who booked, in a mail to a colleague",
        address("booking__booker_email"),
        WORDS,
        *MAIL,
    ),
    person(
        "whoever is named in it",
        InWords(),
        WORDS,
        *MAIL,
    ),
    nothing_personal(
        *("id", "kind", "cohort", "booking", "place", "session", "entry", "announcement", "key"),
        *("message_id", "state", "attempts", "next_try", "not_after", "leased_until"),
        *("created_at", "sent_at"),
    ),
)
declare(
    "courses.Announcement",
    colleague("made_by", "the colleague who wrote it"),
    person(
        "whoever is named in it",
        InWords(),
        COHORT,
        redacted("subject", "the subject"),
        redacted("text", "the words"),
        redacted("to_words", "to whom it went, in words"),
    ),
    nothing_personal("id", "cohort", "session", "key", "made_at"),
)
declare(
    "courses.Attendance",
    person(
        "who came or did not",
        address("place__email"),
        COHORT,
        stays("place", "whose attendance it is", "points at a place that has lost its name"),
        stays("state", "whether the person came", "counts for the statistics"),
    ),
    colleague("noted_by", "the colleague who noted it"),
    nothing_personal("id", "session", "noted_at"),
)
declare(
    "courses.Certificate",
    person(
        "who attended",
        address("place__email"),
        COHORT,
        emptied("name", "the name; its page then says that it is kept no longer", is_name=True),
        stays("minutes", "how long", "counts for the statistics"),
        stays("sessions", "which sessions", "counts for the statistics"),
    ),
    nothing_personal("id", "place", "code", "programme", "cohort", "issued_at", "withdrawn_at"),
)
declare(
    "courses.Session",
    person(
        "who leads it",
        ByHand(),
        "as long as the cohort",
        by_hand("facilitator", "the name of who leads"),
    ),
    nothing_personal(
        *("id", "cohort", "part", "starts_at", "ends_at", "zone", "joining_link", "state"),
        *("uid", "sequence", "changed_at"),
    ),
)
about_nobody(
    "courses.Cohort",
    *("id", "programme", "version", "price", "number", "term", "slug", "opens_at", "closes_at"),
    *("capacity", "seats_taken", "has_waiting_list", "offer_hours", "reminds_week_before"),
    *("reminds_day_before", "reminds_hour_before", "kept_months", "called_off_at", "is_sample"),
    *("told_state", "timetable"),
)
declare(
    "courses.Organisation",
    person(
        "who was typed in as an organisation",
        ByHand(),
        "as long as the site: who booked what",
        by_hand("name", "the name"),
    ),
    nothing_personal("id", "postcode", "urn", "type", "is_member", "key"),
)
about_nobody(
    "courses.PriceRule",
    *("id", "programme", "name", "amount", "currency", "member_waiver", "dues_to"),
    *("places_included", "conference", "conference_places", "credited_later"),
)
about_nobody("courses.ProgrammeVersion", "id", "programme", "name", "label", "created_at")
about_nobody(
    "courses.ProgrammePart", "id", "sort_order", "version", "title", "line", "format", "minutes"
)
page("courses.ProgrammeIndexPage")
page(
    "courses.ProgrammePage",
    person(
        "who answers questions",
        address("contact_email"),
        PUBLISHED,
        by_hand("contact_email", "the contact e-mail"),
    ),
    person(
        "who is quoted",
        ByHand(),
        PUBLISHED,
        by_hand("testimonials", "what was said, and by whom"),
        by_hand("contact_words", "whom to ask"),
    ),
    nothing_personal(
        *("given_as", "about", "who_for", "comparison", "good_to_know", "cost_words", "questions"),
    ),
)

for name in ("Place", "Booking", "WaitingEntry", "OutboxMessage"):
    shown_at(f"courses.{name}", forgetting.roster_of)
shown_at(
    "courses.Announcement", lambda row: reverse("courses_office:message", args=[row.cohort_id])
)
shown_at("courses.CreditNote", lambda row: reverse("courses_office:booking", args=[row.booking_id]))
knows_names(forgetting.greeted)
before_erasure(forgetting.give_up)
after_export(forgetting.note_export)
refuses(forgetting.open_invoices)
for rule in forgetting.RULES:
    keep_until(*rule)
