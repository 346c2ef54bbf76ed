"""A resource: one document or link, what it is, and where it came from."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.search import index

from core.models import SitePage
from core.models.querysets import SitePageManager
from core.templatetags.look import file_size


class ResourceType(models.TextChoices):
    GUIDE = "guide", "One-page guide"
    SLIDES = "slides", "Slides"
    TEMPLATE = "template", "Template"
    POLICY = "policy", "Policy"
    WORKSHEET = "worksheet", "Worksheet"
    PLAN = "plan", "Plan"
    READING = "reading", "Reading"


class ResourceManager(SitePageManager):
    """With the document, whose type and size every list shows."""

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("document")


class ResourcePage(SitePage):
    kind = "Resource"
    kind_slug = "resource"
    icon = "file"
    entry_joins = ("document",)
    template = "pages/resource.html"
    parent_page_types = ["resources.ResourceIndexPage"]
    subpage_types: list[str] = []
    page_description = "A document or a link that schools can take, with its licence and versions."

    type = models.CharField(max_length=20, choices=ResourceType, default=ResourceType.GUIDE)
    document = models.ForeignKey(
        "media.CustomDocument",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The file. Leave empty if the resource is a link.",
    )
    link = models.URLField(blank=True, help_text="The address, if the resource lies elsewhere.")
    licence = models.CharField(
        max_length=40, blank=True, default="CC BY 4.0", help_text="How others may use it."
    )
    version = models.CharField(max_length=20, blank=True, help_text="Such as 3.")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    original = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="adaptations",
        help_text="If this adapts another resource: the one that it began as.",
    )
    adaptation = models.CharField(
        max_length=80, blank=True, help_text="What was changed, such as Adapted for Year 2."
    )
    place = models.CharField(
        max_length=80, blank=True, help_text="Phase and place, such as Primary, Bradford."
    )
    extracted_text = models.TextField(blank=True, editable=False)
    extraction_note = models.CharField(max_length=255, blank=True, editable=False)

    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("type"), FieldPanel("document"), FieldPanel("link")],
            heading="A file or a link",
        ),
        FieldRowPanel([FieldPanel("version"), FieldPanel("year"), FieldPanel("licence")]),
        MultiFieldPanel(
            [
                PageChooserPanel("original", "resources.ResourcePage"),
                FieldPanel("adaptation"),
                FieldPanel("place"),
            ],
            heading="Where it came from",
        ),
        FieldPanel("extraction_note", read_only=True, heading="Words inside, for search"),
        *SitePage.about_panels,
    ]
    search_fields = (*SitePage.search_fields, index.SearchField("extracted_text"))

    objects = ResourceManager()

    class Meta:
        verbose_name = "resource"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(original=models.F("page_ptr")), name="no_own_original"
            )
        ]

    def clean(self) -> None:
        super().clean()
        if bool(self.document_id) == bool(self.link):
            raise ValidationError({"document": "Choose a file or give a link, one of the two."})
        self.clean_original()

    def clean_original(self) -> None:
        """Families are one step deep, so that each shows the original and all that came of it."""
        if self.original is None:
            return
        if self.original_id == self.pk:
            raise ValidationError({"original": "A resource cannot be its own original."})
        if self.pk and self.adaptations.exists():
            raise ValidationError({"original": "Others adapt this one, so it is an original."})
        if self.original.original_id:
            self.original = self.original.original

    def save(self, *args: Any, **kwargs: Any) -> Any:
        from resources.tasks import extract_text  # a task reads these models

        saved = super().save(*args, **kwargs)
        pk = self.pk
        transaction.on_commit(lambda: extract_text.enqueue(pk))
        return saved

    # What lists and search are told ----------------------------------------------------------

    @property
    def url_to_take(self) -> str:
        return str(self.document.url) if self.document else self.link

    @property
    def origin(self) -> str:
        """What this one is within its family."""
        return self.adaptation or ("Adapted" if self.original_id else "Original")

    def facts(self) -> tuple[str, ...]:
        version = f"Version {self.version}" if self.version else ""
        dated = ", ".join(str(part) for part in (version, self.year) if part)
        return tuple(fact for fact in (self.format(), dated, self.licence) if fact)

    def format(self) -> str:
        if self.document is None:
            return "Link"
        size = self.document.file_size
        ending = self.document.file_extension.upper()
        return f"{ending}, {file_size(size)}" if size else ending

    def entry_meta(self) -> tuple[str, ...]:
        origin = self.origin if self.original_id else ""
        return tuple(fact for fact in (origin, self.place, *self.facts()) if fact)

    def search_body(self) -> str:
        return f"{self.get_type_display()} {self.adaptation} {self.place}\n{self.extracted_text}"

    def search_facets(self) -> dict[str, tuple[str, ...]]:
        return {**super().search_facets(), "type": (self.get_type_display(),)}

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        from resources.families import cards  # families are made of these pages

        context = super().get_context(request, *args, **kwargs)
        context["card"] = next(iter(cards([self.pk])), None)
        context["related"] = [page.entry() for page in self.relations.linked]
        return context
