"""The front page and articles."""

from core.privacy import page
from privacy.declared import ByHand, by_hand, nothing_personal, person
from privacy.others.words import PUBLISHED

page(
    "home.HomePage",
    person(
        "who is quoted",
        ByHand(),
        PUBLISHED,
        by_hand("heard_words", "what was said"),
        by_hand("heard_by", "by whom"),
    ),
    nothing_personal("headline", "heard_in", "heard_at", "figures"),
)
page("home.ArticleIndexPage")
for name, fields in (("ArticlePage", ("published_on", "body")), ("StandardPage", ("body",))):
    page(
        f"home.{name}",
        person("whom the words name", ByHand(), PUBLISHED, by_hand("body", "the words")),
        nothing_personal(*(field for field in fields if field != "body")),
    )
