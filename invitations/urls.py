"""Addresses of invitations, below a partnership. A deed has a noun for an address."""

from django.urls import path

from invitations.views import answering, inviting, listing

app_name = "invitations"

urlpatterns = [
    # for whoever is invited
    path("invitation/<str:key>/", answering.answer, name="answer"),
    # for whoever invites
    path("manage/invitations/", listing.invitations, name="list"),
    path("manage/invitations/new/", inviting.new, name="new"),
    path("manage/invitations/holders/", inviting.holders, name="holders"),
    path("manage/invitations/reminders/", inviting.reminders, name="reminders"),
    path("manage/invitations/<int:pk>/", listing.invitation, name="invitation"),
    path("manage/invitations/<int:pk>/letter/", inviting.letter, name="letter"),
    path("manage/invitations/<int:pk>/withdrawal/", inviting.withdrawal, name="withdrawal"),
]
