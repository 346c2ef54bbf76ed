"""The few blocks that body text is made of; every page type shares them."""

from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageBlock

RICH_TEXT = ["h3", "bold", "link", "document-link", "ol", "ul"]


class ParagraphBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = "Text"
        description = "Paragraphs, lists and smaller headings."
        template = "components/body/text.html"
        preview_value = "<p>Every year the same cycle: <b>listen</b>, find out, act.</p>"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=RICH_TEXT, **kwargs)


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = "Heading"
        description = "A heading of the page's second level."
        template = "components/body/heading.html"
        preview_value = "What we stopped doing"


class SpeakerBlock(blocks.StructBlock):
    who = blocks.CharBlock(max_length=120, help_text="Name or role.")
    role = blocks.CharBlock(max_length=160, required=False, help_text="Role, school, alliance.")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(help_text="What was said, without quotation marks.")
    people = blocks.ListBlock(SpeakerBlock(), min_num=1, label="said by")
    is_sample = blocks.BooleanBlock(required=False, label="sample wording")

    class Meta:
        icon = "openquote"
        label = "Quotation"
        description = "What one or more people said, set in the voice of speech."
        template = "components/quote/quote.html"
        preview_value = {
            "text": "We kept the why and threw away the how.",
            "people": [{"who": "Assistant principal", "role": "Partner secondary, Bradford"}],
            "is_sample": True,
        }


class FigureBlock(blocks.StructBlock):
    """A figure never stands alone: year and source are required."""

    value = blocks.CharBlock(max_length=20, help_text="Such as 10,000 or 13%.")
    before = blocks.CharBlock(max_length=20, required=False, help_text="The value before, if any.")
    before_year = blocks.CharBlock(max_length=20, required=False)
    what = blocks.CharBlock(max_length=200, help_text="What the figure counts.")
    year = blocks.CharBlock(max_length=20, help_text="Such as 2019 or 2023-24.")
    base = blocks.CharBlock(max_length=120, required=False, help_text="Out of how many.")
    source = blocks.CharBlock(max_length=200)
    source_url = blocks.URLBlock(required=False)
    is_sample = blocks.BooleanBlock(required=False, label="sample figure")

    class Meta:
        icon = "order"
        label = "Figure with its source"
        description = "A number that cannot be shown without its year and its source."
        template = "components/evidence/evidence.html"
        preview_value = {
            "value": "10,000",
            "what": "students took part in a listening campaign in Bradford",
            "year": "2023-24",
            "source": "Dixons Academies Trust with Citizens UK",
        }

    def defer_required_validation(self) -> None:
        """Drafts are held to the same rule, so no way of publishing can get round it."""


class PictureBlock(blocks.StructBlock):
    image = ImageBlock()
    caption = blocks.CharBlock(max_length=200, required=False)

    class Meta:
        icon = "image"
        label = "Picture"
        description = "One picture with its caption."
        template = "components/body/picture.html"


class ActionBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=60)
    page = blocks.PageChooserBlock(required=False)
    url = blocks.URLBlock(required=False, label="or an address elsewhere")

    class Meta:
        icon = "link"
        label = "Button"
        description = "One clear next step."
        template = "components/body/action.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            raise blocks.StructBlockValidationError(
                block_errors={},
                non_block_errors=["Choose a page or give an address, one of the two."],
            )
        return cleaned


def body_blocks() -> list[tuple[str, blocks.Block]]:
    return [
        ("heading", HeadingBlock()),
        ("text", ParagraphBlock()),
        ("quote", QuoteBlock()),
        ("figure", FigureBlock()),
        ("picture", PictureBlock()),
        ("action", ActionBlock()),
    ]


def plain_text(stream: Any) -> str:
    """All words of a stream, for search."""
    parts: list[str] = []
    for block in stream or []:
        parts.extend(block.block.get_searchable_content(block.value))
    return "\n".join(parts)
