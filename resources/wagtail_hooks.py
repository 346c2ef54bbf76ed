"""A document of a resource is as public as its pages."""

from django.http import Http404, HttpRequest
from wagtail import hooks

from media.models import CustomDocument
from resources.models import ResourcePage


@hooks.register("before_serve_document")
def refuse_documents_of_hidden_pages(document: CustomDocument, request: HttpRequest) -> None:
    """404 where resource pages use the document and readers may see none of them."""
    pages = ResourcePage.objects.filter(document_id=document.pk)
    hidden = pages.exists() and not pages.visible().exists()
    if hidden and not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404("No such document.")
