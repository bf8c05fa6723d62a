"""Addresses of the registers.

`lsp.urls` adds, under the same namespace, a partnership's two pages that see every app.
"""

from django.urls import path

from partnerships.views import activity, contacts, directory, members, neighbourhoods, register

urlpatterns = [
    path("partnerships/", directory.directory, name="directory"),
    path("p/<slug:slug>/seats/", register.seats, name="seats"),
    path("p/<slug:slug>/manage/members/", members.members, name="members"),
    path("p/<slug:slug>/manage/activity/", activity.activity, name="activity"),
    path("p/<slug:slug>/manage/activity/<int:number>/", activity.deed, name="deed"),
    path("p/<slug:slug>/contact/", contacts.contact, name="contact"),
    path("p/<slug:slug>/neighbourhoods/", neighbourhoods.public_neighbourhoods, name="public_neighbourhoods"),
    path("p/<slug:slug>/neighbourhoods/<int:pk>/", neighbourhoods.public_neighbourhood, name="public_neighbourhood"),
    path("p/<slug:slug>/manage/contact/", contacts.change_contact, name="change_contact"),
    path("p/<slug:slug>/manage/contact/removal/", contacts.remove_contact, name="remove_contact"),
    path("p/<slug:slug>/manage/neighbourhoods/", neighbourhoods.neighbourhoods, name="neighbourhoods"),
    path("p/<slug:slug>/manage/neighbourhoods/new/", neighbourhoods.new_neighbourhood, name="new_neighbourhood"),
    path("p/<slug:slug>/manage/neighbourhoods/<int:pk>/", neighbourhoods.neighbourhood, name="neighbourhood"),
    path(
        "p/<slug:slug>/manage/neighbourhoods/<int:pk>/change/",
        neighbourhoods.change_neighbourhood,
        name="change_neighbourhood",
    ),
    path(
        "p/<slug:slug>/manage/neighbourhoods/<int:pk>/end/", neighbourhoods.end_neighbourhood, name="end_neighbourhood"
    ),
    path(
        "p/<slug:slug>/manage/neighbourhoods/<int:pk>/resumption/",
        neighbourhoods.resume_neighbourhood,
        name="resume_neighbourhood",
    ),
    path(
        "p/<slug:slug>/manage/neighbourhoods/<int:pk>/contact/",
        contacts.change_neighbourhood_contact,
        name="change_neighbourhood_contact",
    ),
    path(
        "p/<slug:slug>/manage/neighbourhoods/<int:pk>/contact/removal/",
        contacts.remove_neighbourhood_contact,
        name="remove_neighbourhood_contact",
    ),
]
