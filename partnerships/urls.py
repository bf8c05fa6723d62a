"""Addresses of the registers.

`lsp.urls` adds, under the same namespace, a partnership's two pages that see every app.
"""

from django.urls import path

from partnerships.views import activity, directory, members, register

urlpatterns = [
    path("partnerships/", directory.directory, name="directory"),
    path("p/<slug:slug>/seats/", register.seats, name="seats"),
    path("p/<slug:slug>/manage/members/", members.members, name="members"),
    path("p/<slug:slug>/manage/activity/", activity.activity, name="activity"),
    path("p/<slug:slug>/manage/activity/<int:number>/", activity.deed, name="deed"),
]
