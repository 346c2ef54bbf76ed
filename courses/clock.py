"""What happens by itself every minute: mails that are due, cohorts that open or close."""

from core.clock import every_minute
from courses.services import expire_offers, remind, send_due, tell_search


def send_mails() -> None:
    send_due()


def pass_offers_on() -> None:
    expire_offers()


def write_reminders() -> None:
    remind()


def follow_cohorts() -> None:
    tell_search()


def register_jobs() -> None:
    every_minute(pass_offers_on)
    every_minute(write_reminders)
    every_minute(send_mails)
    every_minute(follow_cohorts)
