"""What an editor is told where a way to the readers has no place for a reason."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from episodes.gate import NotReady

TOLD = "“{}” was not published: {} still open. Put it right, or say why it goes out all the same."


class SayWhatIsOpen:
    """Nothing has happened then: Wagtail takes its own steps back. The page itself says more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotReady):
            return None
        messages.error(request, words_for(exception, request.POST.get("comment", "")))
        url = reverse("wagtailadmin_pages:edit", args=[exception.page.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"step": "success", "redirect": url})  # as Wagtail's window expects
        return redirect(url)


def words_for(problem: NotReady, comment: str) -> str:
    names = ", ".join(problem.missing).lower()
    verb = "is" if len(problem.missing) == 1 else "are"
    told = TOLD.format(problem.page.title, f"{names} {verb}")
    return f"{told} Your comment was: “{comment}”" if comment else told
