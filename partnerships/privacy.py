"""Schools and figures; of people only who is quoted."""

from core.privacy import about_nobody, page
from privacy.declared import ByHand, by_hand, nothing_personal, person
from privacy.others.words import PUBLISHED

page(
    "partnerships.SchemePage",
    nothing_personal("role", "lead_school", "run_by", "period", "first_year", "last_year", "body"),
)
about_nobody("partnerships.SchemeActivity", "id", "sort_order", "page", "title", "text")
page(
    "partnerships.CaseStudyPage",
    person("who is quoted", ByHand(), PUBLISHED, by_hand("quote", "what was said, and by whom")),
    nothing_personal(
        *("phase", "ages", "place", "region", "setting", "pupils", "ofsted_before"),
        *("ofsted_before_year", "ofsted_after", "ofsted_after_year", "scheme", "first_year"),
        *("last_year", "trends", "body"),
    ),
)
page("partnerships.CaseStudyIndexPage")
page("partnerships.PartnershipIndexPage", nothing_personal("figures", "body"))
about_nobody(
    "partnerships.Outcome",
    *("id", "sort_order", "page", "metric", "unit", "lower_is_better", "before", "before_year"),
    *("after", "after_year", "base", "source", "source_url", "is_sample"),
)
