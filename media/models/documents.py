"""Documents: Wagtail's own, with the licence that readers need to know before they reuse one."""

from django.db import models
from wagtail.documents.models import AbstractDocument, Document


class CustomDocument(AbstractDocument):
    licence = models.CharField(
        max_length=40,
        default="CC BY 4.0",
        help_text="How others may use it, such as CC BY 4.0.",
    )

    admin_form_fields = (*Document.admin_form_fields, "licence")

    class Meta(AbstractDocument.Meta):
        verbose_name = "document"
        verbose_name_plural = "documents"
