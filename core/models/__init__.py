"""What every page has: the page base, topics, people, links between pages, site settings."""

from core.models.enquiries import Enquiry, EnquiryKind
from core.models.enquiry_pages import EnquiryPage
from core.models.links import PageLink
from core.models.pages import SitePage, SitePageQuerySet, visible_pages
from core.models.people import PagePerson, PersonIndexPage, PersonPage
from core.models.rights import StaffRole
from core.models.settings import NavigationItem, SiteSettings
from core.models.tallies import Tally
from core.models.topics import PageTopic, TopicIndexPage, TopicPage
from core.models.workers import Worker

__all__ = [
    "Enquiry",
    "EnquiryKind",
    "EnquiryPage",
    "NavigationItem",
    "PageLink",
    "PagePerson",
    "PageTopic",
    "PersonIndexPage",
    "PersonPage",
    "SitePage",
    "SitePageQuerySet",
    "SiteSettings",
    "StaffRole",
    "Tally",
    "TopicIndexPage",
    "TopicPage",
    "Worker",
    "visible_pages",
]
