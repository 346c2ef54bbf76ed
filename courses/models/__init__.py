"""Programmes, cohorts and their sessions; bookings, places and the mails about them."""

from courses.models.announcements import Announcement
from courses.models.attendance import Attendance, Certificate
from courses.models.bookings import Booking, CreditNote
from courses.models.cohorts import Cohort
from courses.models.index import ProgrammeIndexPage
from courses.models.organisations import Organisation
from courses.models.outbox import OutboxMessage
from courses.models.places import Place
from courses.models.prices import PriceRule
from courses.models.programmes import ProgrammePage
from courses.models.sessions import Session
from courses.models.versions import ProgrammePart, ProgrammeVersion
from courses.models.waiting import WaitingEntry

__all__ = [
    "Announcement",
    "Attendance",
    "Booking",
    "Certificate",
    "Cohort",
    "CreditNote",
    "Organisation",
    "OutboxMessage",
    "Place",
    "PriceRule",
    "ProgrammeIndexPage",
    "ProgrammePage",
    "ProgrammePart",
    "ProgrammeVersion",
    "Session",
    "WaitingEntry",
]
