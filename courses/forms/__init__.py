"""The forms of the public side."""

from courses.forms.changes import AskForm, MoveForm, PersonForm, PurchaseOrderForm
from courses.forms.fields import ErrorLink, PublicForm, error_links, errors_title
from courses.forms.offers import OfferForm
from courses.forms.registration import RegistrationForm
from courses.forms.waiting import WaitingForm

__all__ = [
    "AskForm",
    "ErrorLink",
    "MoveForm",
    "OfferForm",
    "PersonForm",
    "PublicForm",
    "PurchaseOrderForm",
    "RegistrationForm",
    "WaitingForm",
    "error_links",
    "errors_title",
]
