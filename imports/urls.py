"""Addresses of imports, below a partnership's internal pages. A deed has a noun for an address."""

from django.urls import path

from imports import views

app_name = "imports"

urlpatterns = [
    path("", views.import_list, name="list"),
    path("template/", views.template, name="template"),
    path("<int:pk>/", views.one, name="one"),
    path("<int:pk>/errors/", views.errors, name="errors"),
    path("<int:pk>/confirmation/", views.confirmation, name="confirmation"),
    path("<int:pk>/removal/", views.removal, name="removal"),
]
