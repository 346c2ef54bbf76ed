"""What `core` adds to the admin."""

from typing import Any

from wagtail import hooks

from core.enquiry_admin import EnquiryViewSet


@hooks.register("register_admin_viewset")
def enquiries() -> Any:
    return EnquiryViewSet()
