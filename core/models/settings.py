"""What an editor may set for the whole site: name, colours, navigation, footer, contact."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from core.contrast import HEX, contrast

# Each accent must stand out from its ground (WCAG 2.2, 1.4.11 and 1.4.3), and carry dark icons.
PAPER = {"light": "#f7f8f5", "dark": "#0f1614"}
INK_ON_ACCENT = "#14201d"
EDGE, TEXT = 3.0, 7.0

colour = RegexValidator(r"^#[0-9a-f]{6}\Z", "Write the colour as # and six digits: #f04a1d.")


@dataclass(frozen=True, slots=True)
class Rule:
    """How far a colour must stand out from a ground; `words` say what to do where it does not."""

    field: str
    ground: str
    least: float
    words: str


RULES = (
    Rule(
        "accent", PAPER["light"], EDGE, "Too pale to be seen on the light page. Take a darker one"
    ),
    Rule("accent", INK_ON_ACCENT, EDGE, "Too dark for the signs drawn on it. Take a lighter one"),
    Rule("accent_ink", PAPER["light"], TEXT, "Too pale to be read on the light page. Darken it"),
    Rule("accent_dark", PAPER["dark"], EDGE, "Too dark to be seen on the dark page. Lighten it"),
    Rule(
        "accent_ink_dark", PAPER["dark"], TEXT, "Too dark to be read on the dark page. Lighten it"
    ),
)


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
    accent = models.CharField(
        "marks and buttons, light page", max_length=7, default="#f04a1d", validators=[colour]
    )
    accent_ink = models.CharField(
        "coloured words, light page", max_length=7, default="#9f2607", validators=[colour]
    )
    accent_dark = models.CharField(
        "marks and buttons, dark page", max_length=7, default="#ff6b47", validators=[colour]
    )
    accent_ink_dark = models.CharField(
        "coloured words, dark page", max_length=7, default="#ff9d82", validators=[colour]
    )
    footer = RichTextField(
        "words at the foot", blank=True, features=["bold", "link"], help_text="On every page."
    )
    contact_email = models.EmailField(
        "contact e-mail",
        blank=True,
        help_text="New enquiries are sent here. Empty: they wait in Enquiries, and nobody is told.",
    )
    contact_address = models.CharField(
        max_length=200, blank=True, help_text="The postal address, at the foot of every page."
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("logo"), FieldPanel("description")],
            heading="Name and logo",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("accent"), FieldPanel("accent_ink")]),
                FieldRowPanel([FieldPanel("accent_dark"), FieldPanel("accent_ink_dark")]),
            ],
            heading="Colours",
            help_text="Each as # and six digits. Readers whose device is set to dark see the dark "
            "page. A colour that they could not tell from the page is refused.",
        ),
        MultiFieldPanel([FieldPanel("notice")], heading="Notice"),
        InlinePanel("navigation", label="link", heading="Navigation", max_num=16),
        MultiFieldPanel(
            [FieldPanel("contact_email"), FieldPanel("contact_address"), FieldPanel("footer")],
            heading="Contact and footer",
        ),
    ]

    class Meta:
        verbose_name = "site settings"

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        problems: dict[str, str] = {}
        for rule in RULES:
            value = getattr(self, rule.field)
            ratio = contrast(value, rule.ground) if HEX.fullmatch(value) else rule.least
            if ratio < rule.least:
                problems[rule.field] = (
                    f"{rule.words}: its contrast is {ratio:.1f}, and {rule.least:.0f} is needed."
                )
        if problems:
            raise ValidationError(problems)


class NavigationItem(Orderable):
    class Place(models.TextChoices):
        MAIN = "main", "Top of the page"
        FOOTER = "footer", "Foot of the page"

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="navigation")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=30, blank=True, help_text="Empty: the page’s title.")
    place = models.CharField(max_length=6, choices=Place, default=Place.MAIN)

    panels = [FieldPanel("page"), FieldPanel("label"), FieldPanel("place")]

    def __str__(self) -> str:
        return self.label or str(self.page)
