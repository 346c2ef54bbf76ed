from django.urls import path

from core import enquiry_views

urlpatterns = [path("<int:page_id>/", enquiry_views.send, name="enquiry")]
