"""What can be done: register, join a list, send what is due. Views and the office call these."""

from courses.services.cohorts import settle, tell_search
from courses.services.errors import (
    AlreadyRegistered,
    CohortFull,
    KeyUsedBefore,
    ListClosed,
    RegistrationClosed,
    RegistrationRefused,
    TooManyPeople,
)
from courses.services.orders import Attendee, Order, OrganisationDetails
from courses.services.outbox import Sweep, resend, send_due
from courses.services.registration import Registration, register
from courses.services.waiting import join_waiting_list, reschedule_openings

__all__ = [
    "AlreadyRegistered",
    "Attendee",
    "CohortFull",
    "KeyUsedBefore",
    "ListClosed",
    "Order",
    "OrganisationDetails",
    "Registration",
    "RegistrationClosed",
    "RegistrationRefused",
    "Sweep",
    "TooManyPeople",
    "join_waiting_list",
    "register",
    "reschedule_openings",
    "resend",
    "send_due",
    "settle",
    "tell_search",
]
