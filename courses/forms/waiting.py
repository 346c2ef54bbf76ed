"""Leaving an address for a cohort that is full, or not open yet."""

from courses.consent import CURRENT
from courses.forms.fields import ChoiceBox, LineField, MailField, PublicForm


class WaitingForm(PublicForm):
    name = LineField(
        label="Your name", max_length=120, autocomplete="name", missing="Give your name"
    )
    email = MailField(label="Your e-mail", autocomplete="email", missing="Give your e-mail address")
    organisation = LineField(
        label="School, trust or charity, if any",
        max_length=160,
        autocomplete="organization",
        required=False,
    )
    consent = ChoiceBox(
        label="You may keep my name and address for this list",
        help_text=CURRENT.detail,
        required=True,
        error_messages={"required": "We cannot put you on the list without keeping your address"},
    )
