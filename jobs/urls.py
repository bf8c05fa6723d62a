"""Addresses of jobs, below a partnership's internal pages."""

from django.urls import path

from jobs import views

app_name = "jobs"

urlpatterns = [
    path("<int:pk>/", views.job, name="job"),
    path("<int:pk>/attempt/", views.attempt, name="attempt"),
]
