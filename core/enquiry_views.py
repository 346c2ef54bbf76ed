"""Where the reader's form is sent."""

import uuid

from django.db.models import BigIntegerField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.csrf import csrf_exempt

from core.enquiry_form import EnquiryForm
from core.models.enquiry_pages import EnquiryPage
from core.services.enquiries import receive


@csrf_exempt  # a CSRF cookie would be the only cookie readers get; docs/adr/0010 says what guards
def send(request: HttpRequest, page_id: int) -> HttpResponse:
    """Store the enquiry, or show the form again with every word that was typed."""
    if page_id > BigIntegerField.MAX_BIGINT:
        raise Http404("There is no such form.")
    page = get_object_or_404(EnquiryPage.objects.visible(), pk=page_id)
    if request.method != "POST":
        return redirect(page.url)
    form = EnquiryForm(request.POST)
    if not form.is_valid() or form.refuse_robots(request, form.cleaned_data["email"]):
        return show_again(request, page, form)
    store(form)
    return redirect(f"{page.url}?sent=1")


def store(form: EnquiryForm) -> None:
    given = form.cleaned_data
    receive(
        kind=given["kind"],
        name=given["name"],
        email=given["email"],
        school=given["school"],
        message=given["message"],
        about=form.about,
        form_token=uuid.UUID(given["key"]),
    )


def show_again(request: HttpRequest, page: EnquiryPage, form: EnquiryForm) -> HttpResponse:
    response: HttpResponse = page.serve(request, form=form)
    response.status_code = 422
    return response
