"""Whether a certificate is true: its public page by its number, and the paper itself."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.models import Certificate
from courses.paper import Attended, Paper, certificate_pdf
from courses.when import date_words, length_words


def found(code: str) -> Certificate:
    """No word differs between a number that was never given and one that is mistyped."""
    certificate = Certificate.objects.filter(code=code).first()
    if certificate is None:
        raise Http404("There is no such certificate.")
    return certificate


def unlisted(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """What was certified, and no more; of a withdrawn one not even that. Where the name is kept no
    longer, whoever was handed the paper can still compare all the rest."""
    row = found(code)
    withdrawn = row.withdrawn_at
    paper = None if withdrawn else paper_of(row)
    since = date_words(withdrawn) if withdrawn else ""
    context = {"paper": paper, "since": since, "code": row.code, "has_name": bool(row.name)}
    return unlisted(render(request, "pages/certificate.html", context))


@require_safe
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    row = found(code)
    if row.withdrawn_at:
        raise Http404("This certificate was withdrawn.")
    if not row.name:
        raise Http404("The name on this certificate is kept no longer.")
    response = HttpResponse(certificate_pdf(paper_of(row)), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="certificate.pdf"'
    return unlisted(response)


def paper_of(row: Certificate) -> Paper:
    return Paper(
        site=settings.WAGTAIL_SITE_NAME,
        name=row.name,
        programme=row.programme,
        cohort=row.cohort,
        length=length_words(row.minutes),
        sessions=[
            Attended(each["day"], each["title"], length_words(each["minutes"]))
            for each in row.sessions
        ],
        issued=date_words(row.issued_at),
        issued_at=row.issued_at,
        code=row.code,
        check_url=settings.SITE_URL + row.url,
    )
