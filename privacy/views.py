"""The admin's pages for administrators: a person's data, what is kept, what was done.

An address is only ever sent in the body of a form, so that it stands in no log of a server.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.auth import permission_required

from privacy.erasing import Held, NotErased, NotYet, erase_person, what_is_held
from privacy.exporting import as_json, as_page, export_person
from privacy.finding import Found
from privacy.forms import EraseForm, PersonForm
from privacy.models import Run
from privacy.page import OUTSIDE, Line, lines_of, sections, without_persons
from privacy.registry import RULES, SHOWN_AT, Obstacle
from privacy.retention import keep_no_longer, outlook

RIGHT = "privacy.erase_people"
LINKS = 5
LATEST = 50
View = Callable[..., HttpResponseBase]


def for_administrators(view: View) -> View:
    """Only with the right, never kept by a browser, never in the report of an error."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    return permission_required(RIGHT)(sensitive_post_parameters()(guarded))


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of rows about a person, with links to the first."""

    what: str
    count: int
    kept: str
    lines: list[Line]
    links: list[tuple[str, str]]


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest) -> HttpResponse:
    """Type an address; what is held is shown below."""
    form = PersonForm(request.POST or None)
    held = look(form)
    return show_person(request, form, held, EraseForm(initial=form.cleaned_data) if held else None)


def look(form: PersonForm) -> Held | None:
    if not form.is_valid():
        return None
    return what_is_held(form.cleaned_data["address"], form.cleaned_data["names"])


@for_administrators
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """All of it as a file: to read, or as JSON. That it was asked for is noted."""
    form = PersonForm(request.POST)
    if not form.is_valid():
        return show_person(request, form, None, None)
    address = form.cleaned_data["address"]
    found = export_person(address=address, by=request.user)
    to_read = request.POST.get("form") == "page"
    pieces = (as_page if to_read else as_json)(address, found)
    response = StreamingHttpResponse(
        pieces, content_type="text/html; charset=utf-8" if to_read else "application/json"
    )
    name = "person.html" if to_read else "person.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@for_administrators
@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """Once the address was typed again; then to the receipt."""
    form = EraseForm(request.POST)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("address", "names", "also_named")}
        try:
            run = erase_person(**given, by=request.user)
        except (NotYet, NotErased) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The person is erased. This is the receipt.")
            return redirect("privacy:receipt", run.pk)
    looked = PersonForm(request.POST)
    held = look(looked)
    return show_person(request, looked, held, form if held else None)


def show_person(
    request: HttpRequest, form: PersonForm, held: Held | None, erase: EraseForm | None
) -> HttpResponse:
    context = {
        "form": form,
        "held": held,
        "rows": [row_of(found, request.user) for found in held.found] if held else [],
        "named": [row_of(found, request.user) for found in held.named] if held else [],
        "obstacles": [(each.words, address_of(each, request.user)) for each in held.obstacles]
        if held
        else [],
        "hints": [(hint, edit_url(hint.row, request.user)) for hint in held.hints] if held else [],
        "erase": erase,
        **heading("A person’s data", "user"),
    }
    failed = form.errors or (erase and erase.errors)
    return render(request, "privacy/person.html", context, status=422 if failed else 200)


def row_of(found: Found, user: Any) -> Row:
    rows = found.model._base_manager.filter(pk__in=found.pks[:LINKS]).order_by("pk")
    links = [(str(row), url) for row in rows if (url := edit_url(row, user))]
    return Row(found.what, len(found.pks), found.person.kept, lines_of(found.person), links)


def address_of(obstacle: Obstacle, user: Any) -> str:
    return obstacle.url or (edit_url(obstacle.row, user) if obstacle.row else "")


def edit_url(row: Any, user: Any) -> str:
    elsewhere = SHOWN_AT.get(row._meta.label)
    return elsewhere(row) if elsewhere else AdminURLFinder(user).get_edit_url(row) or ""


@for_administrators
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """Every table that tells of people, as in docs/operating/privacy.md."""
    context = {
        "sections": sections(),
        "rules": [rule.words for rule in RULES.values()],
        "outside": OUTSIDE,
        "nothing": without_persons(),
        **heading("What is kept of people", "list-ul"),
    }
    return render(request, "privacy/kept.html", context)


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def runs(request: HttpRequest) -> HttpResponse:
    """What was done, and what would go tonight; POST does it now."""
    if request.method == "POST":
        return redirect("privacy:receipt", keep_no_longer(by=request.user).pk)
    context = {
        "runs": Run.objects.select_related("by")[:LATEST],
        "due": [each for each in outlook() if each.now or each.later],
        **heading("What was done", "history"),
    }
    return render(request, "privacy/runs.html", context)


@for_administrators
@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(Run.objects.select_related("by"), pk=pk)
    context = {"run": run, **heading(str(run), "history")}
    return render(request, "privacy/receipt.html", context)


def heading(title: str, icon: str) -> dict[str, Any]:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": "Home"},
        {"url": "", "label": title},
    ]
    return {
        "header_title": title,
        "page_title": title,
        "header_icon": icon,
        "breadcrumbs_items": crumbs,
    }
