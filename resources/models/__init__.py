"""What schools take with them: documents and links, with the family each belongs to."""

from resources.models.index import ResourceIndexPage
from resources.models.resource import ResourcePage

__all__ = ["ResourceIndexPage", "ResourcePage"]
