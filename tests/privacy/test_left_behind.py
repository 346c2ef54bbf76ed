"""What erasing used to leave behind: what the person wrote, names alone, and where nobody looks."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Comment, Revision

from courses.enums import InvoiceState
from courses.models import Announcement, Booking, Cohort, CreditNote, Organisation, OutboxMessage
from courses.services import Attendee, send_due
from courses.services.announcements import Words, send_test
from courses.services.audiences import Recipient
from courses.services.places import swap_person
from home.models import HomePage, StandardPage
from media.models import Cue
from privacy.erasing import NotYet, erase_person, what_is_held
from privacy.models import Run
from search.models import AskedQuestion, VocabularyWord
from search.services import index_page
from tests.courses.factories import make_order
from tests.factories import make_page
from tests.media.factories import add_words, make_recording
from tests.privacy.factories import ADA, BO, NAME, book, make_ada, make_enquiry, standing

pytestmark = pytest.mark.usefixtures("home")
QUIBBLE = "Zoë Quibbleton"  # in letters that JSON writes otherwise
ZOE = "zoe@school.example"


def body(text: str) -> str:
    return json.dumps([{"type": "text", "value": f"<p>{text}</p>"}])


def mended_page(home: HomePage, text: str, by: User | None = None) -> StandardPage:
    """It was published with these words, and an editor took them out again."""
    page = make_page(StandardPage, home, title="Ask us", body=body(text))
    page.save_revision(user=by).publish()
    index_page(page.pk)
    page.body = body("Write to the office.")
    page.save_revision().publish()
    index_page(page.pk)
    return page


# What the person wrote ---------------------------------------------------------------------------


def test_a_draft_that_the_person_wrote_with_their_own_address_is_cleaned(home: HomePage) -> None:
    ada = User.objects.create_user("ada", ADA, "pw", is_active=False)
    mended_page(home, f"Write to {ADA}.", by=ada)
    assert Revision.objects.filter(user=ada, content__icontains=ADA).exists()
    erase_person(address=ADA)
    assert standing(ADA) == []


def test_a_message_that_the_person_wrote_about_themselves_is_cleaned(cohort: Cohort) -> None:
    ada = User.objects.create_user("ada", ADA, "pw", is_active=False)
    announcement(cohort, f"Write to me, {ADA}.", by=ada)
    erase_person(address=ADA)
    assert standing(ADA) == []


def announcement(cohort: Cohort, text: str, by: User | None = None) -> Announcement:
    return Announcement.objects.create(
        cohort=cohort, subject="News", text=text, to_words="all", key=str(uuid4()), made_by=by
    )


# A name alone ------------------------------------------------------------------------------------


def name_in_words(cohort: Cohort, home: HomePage) -> None:
    """Where organisers, editors and readers write of somebody without an address."""
    order = replace(make_order(), people=(Attendee(QUIBBLE, ZOE),), purchase_order=f"Ask {QUIBBLE}")
    book(cohort, Attendee(QUIBBLE, ZOE), booker=Attendee("Bo", BO))
    Booking.objects.update(purchase_order=order.purchase_order)
    announcement(cohort, f"{QUIBBLE} brings biscuits.")
    CreditNote.objects.create(booking=Booking.objects.get(), amount=1, reason=f"{QUIBBLE} was ill")
    enquiry = make_enquiry(name="Bo", email=BO, note=f"{QUIBBLE} will answer")
    log(instance=enquiry, action="wagtail.edit", data={"note": QUIBBLE})
    AskedQuestion.objects.create(day=timezone.localdate(), text=QUIBBLE.lower(), asked=1)
    page = mended_page(home, f"Come to {QUIBBLE}.")
    writer = User.objects.create_user("writer")
    Comment.objects.create(page=page, user=writer, text=f"{QUIBBLE} said so", contentpath="body")
    send_due()


def test_words_in_which_only_the_name_stands_are_shown(cohort: Cohort, home: HomePage) -> None:
    name_in_words(cohort, home)
    shown = {each.what.partition(":")[0] for each in what_is_held(ZOE).named}
    assert shown >= {"Announcements", "Credit notes", "Enquiries", "Comments", "Revisions"}
    assert shown >= {"Bookings", "Questions asked", "Model log entries"}


def test_a_name_alone_stays_unless_somebody_says_that_it_is_the_person(
    cohort: Cohort, home: HomePage
) -> None:
    name_in_words(cohort, home)
    erase_person(address=ZOE)
    assert Announcement.objects.get().text == f"{QUIBBLE} brings biscuits."
    assert standing(ZOE) == []


def test_a_name_alone_goes_from_all_words_if_somebody_says_so(
    cohort: Cohort, home: HomePage
) -> None:
    name_in_words(cohort, home)
    run = erase_person(address=ZOE, also_named=True)
    assert standing(ZOE, QUIBBLE) == []
    assert Announcement.objects.get().text == "Erased brings biscuits."
    assert run.counts["Announcements: whoever is named in it"] == 1


def test_one_word_is_no_name_to_look_for() -> None:
    make_enquiry(name="Will", email=ZOE)
    other = make_enquiry(name="Bo", email=BO, note="Will we answer?")
    erase_person(address=ZOE, also_named=True)
    other.refresh_from_db()
    assert other.note == "Will we answer?"


def test_the_first_name_of_a_colleague_is_everybodys() -> None:
    User.objects.create_user(
        "sam", ZOE, "pw", is_active=False, first_name="Sam", last_name="Quibbleton"
    )
    other = make_enquiry(name="Bo", email=BO, note=f"Sam Other knows {ZOE}, that is Sam Quibbleton")
    erase_person(address=ZOE)
    other.refresh_from_db()
    assert other.note == "Sam Other knows Erased, that is Erased"


def test_another_name_that_somebody_types_goes_too() -> None:
    other = make_enquiry(name="Bo", email=BO, note=f"{ZOE} was Zoë Before then")
    make_enquiry(name=QUIBBLE, email=ZOE)
    erase_person(address=ZOE, names=["Zoë Before"])
    other.refresh_from_db()
    assert other.note == "Erased was Erased then"


def test_who_gave_their_place_away_is_known_by_the_mails_to_them(cohort: Cohort) -> None:
    booking = book(cohort, Attendee(NAME, ADA), booker=Attendee("Bo", BO))
    swap_person(place=booking.places.get(), person=Attendee("Cy", "cy@school.example"))
    assert standing(NAME)
    erase_person(address=ADA)
    assert standing(ADA, NAME) == []


def test_a_test_mail_does_not_give_an_organiser_the_name_of_another(cohort: Cohort) -> None:
    book(cohort, Attendee(NAME, ADA))
    send_test(
        cohort=cohort,
        words=Words("News", "Come."),
        like=Recipient(NAME, ADA, "/x/"),
        to="organiser@trust.example",
    )
    assert NAME not in what_is_held("organiser@trust.example").names


# Where nobody looks ------------------------------------------------------------------------------


def test_an_address_that_is_said_in_a_talk_must_be_mended_first() -> None:
    transcript = add_words(make_recording(words=""))
    cue = Cue.objects.filter(transcript=transcript).earliest("pk")
    Cue.objects.filter(pk=cue.pk).update(text=f"Write to me at {ADA}.")
    with pytest.raises(NotYet, match="who speaks"):
        erase_person(address=ADA)
    Cue.objects.filter(pk=cue.pk).update(text="Write to me.")
    erase_person(address=ADA)
    assert standing(ADA) == []


def test_an_organisation_that_is_a_person_is_shown(cohort: Cohort) -> None:
    organisation = Organisation.objects.create(name=f"{NAME} Coaching", postcode="LS1 1AA")
    book(cohort, Attendee(NAME, ADA))
    assert organisation in [hint.row for hint in what_is_held(ADA).hints]


def test_an_address_where_it_does_not_belong_stands_on_the_receipt(cohort: Cohort) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(term=f"Ask {ADA}")
    assert what_is_held(ADA).elsewhere == {"Cohorts": 1}
    run = erase_person(address=ADA)
    assert run.problems == {"Cohorts": "the address still stands in 1 row"}
    assert run.outcome == "Something is left"


def test_the_index_of_the_search_keeps_no_piece_of_a_word(home: HomePage) -> None:
    page = mended_page(home, f"Come to {QUIBBLE} at {ZOE}.")
    erase_person(address=ZOE, names=[QUIBBLE], also_named=True)
    assert standing("quibbleton") == []
    assert page.live


def test_a_page_that_was_mended_but_not_indexed_yet_is_indexed_anew(home: HomePage) -> None:
    page = make_page(StandardPage, home, title="Ask us", body=body(f"Write to {ZOE}."))
    page.save_revision().publish()
    index_page(page.pk)
    StandardPage.objects.filter(pk=page.pk).update(body=body("Write to the office."))
    page.revisions.update(content={})
    assert VocabularyWord.objects.filter(word="zoe").exists()
    erase_person(address=ZOE)
    assert standing(ZOE) == []
    assert not VocabularyWord.objects.filter(word="zoe").exists()


def test_nothing_of_somebody_with_everything_is_left_in_any_table(
    cohort: Cohort, home: HomePage
) -> None:
    make_ada()
    ada = User.objects.create_user(
        "ada.sampleton", ADA, "pw", is_active=False, first_name="Ada", last_name="Sampleton"
    )
    announcement(cohort, f"{NAME} thanks {BO}.", by=ada)
    mended_page(home, f"Come to {NAME}, {ADA}.", by=ada)
    OutboxMessage.objects.filter(to=BO).update(last_error=f"Refused with {ADA}")
    erase_person(address=ADA, also_named=True)
    assert standing(ADA, NAME, "sampleton") == []
    assert Run.objects.get().outcome == "Done"


def test_a_booking_keeps_its_purchase_order(cohort: Cohort) -> None:
    book(cohort, Attendee("Bo", BO), booker=Attendee(NAME, ADA))
    Booking.objects.update(invoice_state=InvoiceState.NOTHING, purchase_order=f"PO 7 {ADA}")
    erase_person(address=ADA)
    assert Booking.objects.get().purchase_order == "PO 7 Erased"


def test_a_name_in_a_mail_to_a_colleague_goes_with_the_booker(cohort: Cohort) -> None:
    book(cohort, Attendee("Bo", BO), booker=Attendee(NAME, ADA))
    Booking.objects.update(invoice_state=InvoiceState.NOTHING)
    OutboxMessage.objects.update(sent_at=timezone.now() - timedelta(days=1))
    erase_person(address=ADA)
    assert standing(NAME) == []
