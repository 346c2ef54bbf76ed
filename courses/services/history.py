"""Who changed what, in the history of a cohort. Entries name places by number, never people."""

from typing import Any

from wagtail.log_actions import log

from courses.models import Cohort

# What can stand there: as an action, and as what was done.
ACTIONS = {
    "export": ("Export roster", "Roster exported"),
    "invoices_exported": ("Export invoices", "Invoices exported"),
    "printed": ("Print roster", "Roster opened for printing"),
    "place_added": ("Add person", "Person added to a booking"),
    "place_cancelled": ("Cancel place", "Place cancelled"),
    "place_corrected": ("Correct place", "Name or address of a place corrected"),
    "place_confirmed": ("Confirm again", "Confirmation sent again"),
    "place_swapped": ("Swap name", "Place given to somebody else"),
    "place_moved": ("Move place", "Place moved to another cohort"),
    "booking_cancelled": ("Cancel booking", "Booking cancelled"),
    "booking_changed": ("Change booking", "Booking changed"),
    "invoice_changed": ("Change invoice", "State of an invoice changed"),
    "price_corrected": ("Correct price", "Price of a booking corrected"),
    "membership_checked": ("Check dues", "Checked whether an organisation pays dues"),
    "credit_made": ("Make credit note", "Credit note made"),
    "session_moved": ("Move session", "Session moved"),
    "session_added": ("Add session", "Session added"),
    "session_changed": ("Change session", "Session changed"),
    "session_cancelled": ("Cancel session", "Session cancelled"),
    "called_off": ("Call off cohort", "Cohort called off"),
    "turn_given": ("Give the next place", "The next free place given to one who waits"),
    "waiting_removed": ("Take off the list", "Taken off the waiting list"),
    "attendance_noted": ("Note attendance", "Attendance noted"),
    "announced": ("Write to people", "Message sent to people"),
    "resent": ("Send again", "Mail sent again"),
    "certificates_issued": ("Issue certificates", "Certificates issued"),
    "certificate_withdrawn": ("Withdraw certificate", "Certificate withdrawn"),
    "person_exported": ("Export a person", "A person’s data exported"),
    "person_erased": ("Erase a person", "A person erased"),
    "kept_no_longer": ("Delete names", "Names deleted after the time they are kept"),
}


def note(action: str, *, cohort: Cohort, by: Any = None, **data: Any) -> None:
    """`action` is a key of ACTIONS; `by` a user of the admin, or None for somebody with a private
    link and for the clock. `data` holds numbers of rows and times, no names and no addresses."""
    log(instance=cohort, action=f"courses.{action}", user=by, data=data)
