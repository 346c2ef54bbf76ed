"""The blocks of a programme page beside those that every page shares."""

from wagtail import blocks

from core.blocks import QuoteBlock


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=200)
    answer = blocks.RichTextBlock(features=["bold", "link", "ol", "ul"])

    class Meta:
        icon = "help"
        label = "Question"
        description = "A question that people ask, with its answer."
        template = "components/booking/question.html"
        preview_value = {
            "question": "Can we send somebody else to one session?",
            "answer": "<p>Yes. Tell us, and we change the name.</p>",
        }


def faq_blocks() -> list[tuple[str, blocks.Block]]:
    return [("question", QuestionBlock())]


def testimonial_blocks() -> list[tuple[str, blocks.Block]]:
    return [("quote", QuoteBlock())]
