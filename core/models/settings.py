"""What an editor may set for the whole site: name, colours, navigation, footer, contact."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from core.contrast import HEX, contrast

# Each accent must stand out from its ground (WCAG 2.2, 1.4.11 and 1.4.3), and carry dark icons.
PAPER = {"light": "#f7f8f5", "dark": "#0f1614"}
INK_ON_ACCENT = "#14201d"
EDGE, TEXT = 3.0, 7.0

colour = RegexValidator(r"^#[0-9a-f]{6}\Z", "Write the colour as # and six digits: #f04a1d.")


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting, ClusterableModel):
    name = models.CharField(max_length=60, default="Dixons OpenSource")
    logo = models.ForeignKey(
        "media.CustomImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Shown instead of the drawn mark. A square picture works best.",
    )
    description = models.CharField(
        max_length=200,
        default="Short episodes, training and evidence from schools, free to use.",
        help_text="What search engines and shared links say where a page has no summary.",
    )
    notice = models.CharField(
        max_length=200, blank=True, help_text="A line at the top of every page. Empty: none."
    )
    accent = models.CharField("accent, light", max_length=7, default="#f04a1d", validators=[colour])
    accent_ink = models.CharField(
        "accent as text, light", max_length=7, default="#9f2607", validators=[colour]
    )
    accent_dark = models.CharField(
        "accent, dark", max_length=7, default="#ff6b47", validators=[colour]
    )
    accent_ink_dark = models.CharField(
        "accent as text, dark", max_length=7, default="#ff9d82", validators=[colour]
    )
    footer = RichTextField(blank=True, features=["bold", "link"])
    contact_email = models.EmailField(blank=True)
    contact_address = models.CharField(max_length=200, blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("logo"), FieldPanel("description")], heading="Name"
        ),
        InlinePanel("navigation", label="link", heading="Navigation", max_num=16),
        FieldPanel("notice"),
        MultiFieldPanel(
            [
                FieldPanel("accent"),
                FieldPanel("accent_ink"),
                FieldPanel("accent_dark"),
                FieldPanel("accent_ink_dark"),
            ],
            heading="Colours",
            help_text="A colour that readers could not tell from the page is refused.",
        ),
        MultiFieldPanel(
            [FieldPanel("footer"), FieldPanel("contact_email"), FieldPanel("contact_address")],
            heading="Footer and contact",
        ),
    ]

    class Meta:
        verbose_name = "site settings"

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        rules = [
            ("accent", PAPER["light"], EDGE),
            ("accent", INK_ON_ACCENT, EDGE),
            ("accent_ink", PAPER["light"], TEXT),
            ("accent_dark", PAPER["dark"], EDGE),
            ("accent_ink_dark", PAPER["dark"], TEXT),
        ]
        problems: dict[str, str] = {}
        for field, ground, least in rules:
            value = getattr(self, field)
            ratio = contrast(value, ground) if HEX.fullmatch(value) else least
            if ratio < least:
                problems[field] = (
                    f"Too close to {ground}: {ratio:.1f} to 1. It needs {least:.0f} to 1 or more."
                )
        if problems:
            raise ValidationError(problems)


class NavigationItem(Orderable):
    class Place(models.TextChoices):
        MAIN = "main", "Top of the page"
        FOOTER = "footer", "Foot of the page"

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="navigation")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=30, blank=True, help_text="Empty: the page's title.")

    place = models.CharField(max_length=6, choices=Place, default=Place.MAIN)

    panels = [FieldPanel("page"), FieldPanel("label"), FieldPanel("place")]

    def __str__(self) -> str:
        return self.label or str(self.page)
