"""Where the reader's form is sent."""

from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.csrf import csrf_exempt

from core.enquiry_form import EnquiryForm
from core.models.enquiry_pages import EnquiryPage
from core.services.enquiries import receive

LARGEST_ID = 2**63 - 1  # of a database's whole numbers
ELSEWHERE = "This form was sent from another site. Please send it again from here."


def came_from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser says that another site sent the form; old browsers say nothing."""
    told = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin", "")
    if told:
        return told not in {"same-origin", "none"}
    return bool(origin) and urlsplit(origin).netloc != request.get_host()


@csrf_exempt  # a CSRF cookie would be the only cookie readers get; docs/adr/0010 says what guards
def send(request: HttpRequest, page_id: int) -> HttpResponse:
    """Store the enquiry, or show the form again with every word that was typed."""
    if page_id > LARGEST_ID:
        raise Http404("There is no such form.")
    page = get_object_or_404(EnquiryPage.objects.visible(), pk=page_id)
    if request.method != "POST":
        return redirect(page.url)
    form = EnquiryForm(request.POST)
    if came_from_elsewhere(request):
        form.add_error(None, ELSEWHERE)
    if not form.is_valid() or form.form_token is None:
        return show_again(request, page, form)
    kept: dict[str, Any] = {
        name: value for name, value in form.cleaned_data.items() if name != "website"
    }
    receive(**kept, about=form.about, form_token=form.form_token)
    return redirect(f"{page.url}?sent=1")


def show_again(request: HttpRequest, page: EnquiryPage, form: EnquiryForm) -> HttpResponse:
    response: HttpResponse = page.serve(request, form=form)
    response.status_code = 422
    return response
