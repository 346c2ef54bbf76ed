"""The two forms of the public side."""

from courses.forms.fields import ErrorLink, error_links, errors_title
from courses.forms.registration import RegistrationForm
from courses.forms.waiting import WaitingForm

__all__ = ["ErrorLink", "RegistrationForm", "WaitingForm", "error_links", "errors_title"]
