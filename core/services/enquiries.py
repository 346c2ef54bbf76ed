"""Receiving an enquiry and telling colleagues about it."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django_tasks import task
from wagtail.models import Page

from core.models import SiteSettings, visible_pages
from core.models.enquiries import KEPT_AFTER_CLOSING, KEPT_OPEN, Enquiry

NO_ADDRESS = (
    "there is no contact e-mail. Give one under Settings, Site settings, then send the mail again."
)


@dataclass(frozen=True, slots=True)
class Received:
    """`is_new` is False where the same form was sent before: nothing was stored twice."""

    enquiry: Enquiry
    is_new: bool


def receive(
    *,
    kind: str,
    name: str,
    email: str,
    school: str,
    message: str,
    about: str,
    form_token: uuid.UUID,
) -> Received:
    """Store what a reader asks for; colleagues are told by mail once it is stored."""
    with transaction.atomic():
        typed = {"kind": kind, "name": name, "email": email, "school": school, "message": message}
        enquiry, is_new = Enquiry.objects.get_or_create(
            form_token=form_token, defaults={**typed, "about": visible_page(about)}
        )
        if is_new:
            tell_after_commit(enquiry)
    return Received(enquiry, is_new)


def visible_page(number: str) -> Page | None:
    """The visible page of that number; None for whatever else an address may hold."""
    if not (number.isascii() and number.isdigit()):
        return None
    return visible_pages().filter(pk=int(number)).first()


def tell_after_commit(enquiry: Enquiry) -> None:
    transaction.on_commit(lambda: tell_colleagues.enqueue(enquiry.pk))


def tell_again(enquiry: Enquiry) -> None:
    """Forget that colleagues were told, or that it failed, and tell them once more."""
    Enquiry.objects.filter(pk=enquiry.pk).update(told_at=None, telling_failed="")
    tell_after_commit(enquiry)


@task
def tell_colleagues(enquiry_pk: int) -> None:
    """Send the mail; a failure stands on the enquiry, where staff see it and can try again."""
    enquiry = Enquiry.objects.filter(pk=enquiry_pk, told_at=None).first()
    if enquiry is None:
        return
    failed = send_to(contact_address(), enquiry)
    told_at = None if failed else timezone.now()
    Enquiry.objects.filter(pk=enquiry_pk).update(told_at=told_at, telling_failed=failed)


def send_to(address: str, enquiry: Enquiry) -> str:
    """Return why the mail could not be sent; nothing where it was."""
    if not address:
        return NO_ADDRESS
    try:
        mail_about(enquiry, address).send()
    except OSError as problem:
        return f"{type(problem).__name__}: {problem}"[:300]
    return ""


def contact_address() -> str:
    chosen = SiteSettings.objects.filter(site__is_default_site=True).first()
    return chosen.contact_email if chosen else ""


def mail_about(enquiry: Enquiry, address: str) -> EmailMessage:
    where = settings.SITE_URL + reverse("enquiries:edit", args=[enquiry.pk])
    lines = [
        f"{enquiry.name} wrote on {timezone.localtime(enquiry.created_at):%-d %B %Y at %H:%M}.",
        f"School or organisation: {enquiry.school or 'not given'}",
        f"Page: {enquiry.about.title if enquiry.about else 'not given'}",
        "",
        enquiry.message,
        "",
        f"Note here what was done: {where}",
    ]
    return EmailMessage(
        subject=f"Enquiry: {enquiry.get_kind_display()}",
        body="\n".join(lines),
        to=[address],
        reply_to=[enquiry.email],
    )


def kept_no_longer(now: datetime) -> QuerySet[Enquiry]:
    """Enquiries go a year after they were closed: core/privacy.py has the nightly run do it."""
    return Enquiry.objects.filter(closed_at__lt=now - KEPT_AFTER_CLOSING)


def never_closed(now: datetime) -> QuerySet[Enquiry]:
    """What nobody closed in two years nobody waits for any more."""
    return Enquiry.objects.filter(closed_at=None, created_at__lt=now - KEPT_OPEN)
