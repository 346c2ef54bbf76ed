"""The one result page, and suggestions while typing."""

from math import ceil
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from search.engines.base import Sort
from search.facets import asked_choices, facet_fields
from search.finding import PER_PAGE, find, suggest
from search.paging import asked_page, pager_for
from search.questions import note_question

MAX_DIGITS = 9
LAST_PAGE = 100  # nobody reads on; better words find it sooner
SORTS = {"best": "Best match", "newest": "Newest"}


def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "")
    chosen = asked_choices(request.GET)
    sort: Sort = "newest" if request.GET.get("sort") == "newest" else "best"
    number = asked_page(request)
    if number > LAST_PAGE:
        raise Http404(f"Results are shown up to page {LAST_PAGE}; more words find it sooner.")
    talk = asked_talk(request)
    answer = find(text, chosen=chosen, sort=sort, page=number, talk=talk)
    pager = pager_for(request, min(ceil(answer.count / PER_PAGE), LAST_PAGE))
    if number == 1 and not chosen and talk is None:
        note_question(text, answer)
    context = {
        "text": text,
        "answer": answer,
        "in_talk": talk is not None,
        "facets": facet_fields(answer.facets, chosen) if talk is None else [],
        "clear": without_choices(request) if chosen else "",
        "sorts": sorts(request, sort),
        "sort": sort,
        "pager": pager,
    }
    response = render(request, "pages/search.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def asked_talk(request: HttpRequest) -> int | None:
    """The talk whose moments are asked for; raises Http404 where it is no number."""
    text = request.GET.get("talk", "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > MAX_DIGITS:
        raise Http404("There is no such talk.")
    return int(text)


def without_choices(request: HttpRequest) -> str:
    """The same question, anywhere."""
    kept = [(name, request.GET[name]) for name in ("q", "sort") if name in request.GET]
    return f"?{urlencode(kept)}"


def sorts(request: HttpRequest, current: str) -> list[dict[str, object]]:
    """Links that keep the question and the choices, and begin again at page one."""
    links = []
    for value, label in SORTS.items():
        query = request.GET.copy()
        query.pop("page", None)
        query["sort"] = value
        links.append({"label": label, "query": query.urlencode(), "here": value == current})
    return links


def suggestions(request: HttpRequest) -> JsonResponse:
    found = suggest(request.GET.get("q", ""))
    rows = [
        {"title": each.title, "url": each.url, "kind": each.kind.name, "detail": each.detail}
        for each in found
    ]
    response = JsonResponse({"suggestions": rows})
    response["Cache-Control"] = "public, max-age=60"
    return response
