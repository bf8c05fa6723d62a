"""Addresses of the registers.

`lsp.urls` adds, under the same namespace, a partnership's two pages that see every app.
"""

from django.urls import path

from partnerships import views

urlpatterns = [
    path("partnerships/", views.directory, name="directory"),
    path("p/<slug:slug>/seats/", views.seats, name="seats"),
    path("p/<slug:slug>/manage/members/", views.members, name="members"),
    path("p/<slug:slug>/manage/activity/", views.activity, name="activity"),
]
