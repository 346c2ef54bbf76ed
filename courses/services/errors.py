"""Why a registration or a place on a list was refused. Each knows what a view must say."""

from decimal import Decimal

from courses.enums import CohortState


class RegistrationRefused(Exception):
    """The base of every refusal; nothing was booked and nothing is sent."""


class RegistrationClosed(RegistrationRefused):
    """Not open yet, closed, under way or past."""

    def __init__(self, state: CohortState) -> None:
        super().__init__(f"Registration is not open: {state.label}.")
        self.state = state


class CohortFull(RegistrationRefused):
    """Fewer places are left than were asked for."""

    def __init__(self, left: int) -> None:
        super().__init__(f"{left} places are left.")
        self.left = left


class TooManyPeople(RegistrationRefused):
    """One booking covers a number of people, and at least one."""

    def __init__(self, allowed: int) -> None:
        super().__init__(f"One booking covers one to {allowed} people.")
        self.allowed = allowed


class KeyUsedBefore(RegistrationRefused):
    """This form made a booking before, with other words in it."""


class ListClosed(RegistrationRefused):
    """There is nothing to wait for on this cohort now."""

    def __init__(self, state: CohortState) -> None:
        super().__init__(f"There is no list to join: {state.label}.")
        self.state = state


class TooLate(RegistrationRefused):
    """The cohort has begun, or is over: only an organiser can still change this."""


class NothingToChange(RegistrationRefused):
    """It is cancelled, moved or settled already: somebody was quicker, or pressed twice."""


class CreditTooHigh(RegistrationRefused):
    """All credit notes of a booking together may not exceed its price."""

    def __init__(self, left: Decimal) -> None:
        super().__init__(f"At most {left} can still be credited.")
        self.left = left


class OfferOver(RegistrationRefused):
    """The offer of a place was taken, declined, or has run out."""


class UnfitTimes(RegistrationRefused):
    """A session cannot be at this time; the words say why."""
