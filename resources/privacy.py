"""Resources are about teaching, not about people."""

from core.privacy import page
from privacy.declared import nothing_personal

page("resources.ResourceIndexPage")
page(
    "resources.ResourcePage",
    nothing_personal(
        *("type", "document", "link", "licence", "version", "year", "original", "adaptation"),
        *("place", "extracted_text", "extraction_note"),
    ),
)
