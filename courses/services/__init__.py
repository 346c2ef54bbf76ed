"""What can be done: register, change, wait, send what is due. Views and the office call these."""

from courses.services.acceptance import accept_offer
from courses.services.cohorts import settle, tell_search
from courses.services.errors import (
    CohortFull,
    KeyUsedBefore,
    ListClosed,
    NothingToChange,
    OfferOver,
    RegistrationClosed,
    RegistrationRefused,
    TooLate,
    TooManyPeople,
    UnfitTimes,
)
from courses.services.offers import expire_offers, leave_list
from courses.services.orders import Attendee, Order, OrganisationDetails
from courses.services.outbox import Sweep, resend, send_due
from courses.services.places import (
    add_person,
    cancel_booking,
    cancel_place,
    is_changeable,
    move_place,
    swap_person,
)
from courses.services.purchase_orders import change_purchase_order
from courses.services.registration import Registration, register
from courses.services.reminders import remind
from courses.services.timetable import Told, call_off_cohort, cancel_session, move_session
from courses.services.waiting import join_waiting_list, reschedule_openings

__all__ = [
    "Attendee",
    "CohortFull",
    "KeyUsedBefore",
    "ListClosed",
    "NothingToChange",
    "OfferOver",
    "Order",
    "OrganisationDetails",
    "Registration",
    "RegistrationClosed",
    "RegistrationRefused",
    "Sweep",
    "Told",
    "TooLate",
    "TooManyPeople",
    "UnfitTimes",
    "accept_offer",
    "add_person",
    "call_off_cohort",
    "cancel_booking",
    "cancel_place",
    "cancel_session",
    "change_purchase_order",
    "expire_offers",
    "is_changeable",
    "join_waiting_list",
    "leave_list",
    "move_place",
    "move_session",
    "register",
    "remind",
    "reschedule_openings",
    "resend",
    "send_due",
    "settle",
    "swap_person",
    "tell_search",
]
