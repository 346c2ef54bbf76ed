"""Sending a mail again that did not arrive."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from courses.models import OutboxMessage
from courses.office.frame import office_page
from courses.services import resend as send_again
from courses.services.history import note


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("courses.change_outboxmessage")
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then send a mail again."""
    message = get_object_or_404(OutboxMessage, pk=pk)
    if request.method == "POST" and message.can_be_resent:
        with transaction.atomic():
            send_again(message=message)
            if message.cohort:
                note("resent", cohort=message.cohort, by=request.user, mail=message.pk)
        messages.success(request, "The mail is on its way again.")
        if message.cohort_id:
            return redirect("courses_office:roster", message.cohort_id)
        return redirect("outbox:index")
    return office_page(
        request,
        "resend",
        title="Send a mail again",
        icon="mail",
        message=message,
    )
