"""Addresses of documents, below a partnership's internal pages."""

from django.urls import path

from documents import views

app_name = "documents"

urlpatterns = [
    path("", views.document_list, name="list"),
    path("<int:pk>/", views.download, name="download"),
]
