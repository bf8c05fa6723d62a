"""All addresses. A partnership's own start with /p/<slug>/, its internal pages with /p/<slug>/manage/."""

from django.urls import include, path

import accounts.urls
import partnerships.urls
from lsp import views
from partnerships.views import personal_data

# A partnership's public page and its overview see every app, so they live here, under the partnership's namespace.
PARTNERSHIP_PAGES = [
    *partnerships.urls.urlpatterns,
    path("p/<slug:slug>/", views.public, name="public"),
    path("p/<slug:slug>/manage/", views.dashboard, name="dashboard"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("cookies/", views.cookies, name="cookies"),
    path("help/", views.help_page, name="help"),
    path("regions/", views.regions, name="regions"),
    path("mine/", views.mine, name="mine"),
    path("accounts/", views.account, name="account"),
    path("accounts/kept/", views.kept_form, name="kept"),
    path("accounts/session/", views.session, name="session"),
    path("accounts/data/", personal_data.my_data, name="my_data"),
    path("accounts/data/file/", personal_data.my_data_file, name="my_data_file"),
    path("accounts/data/removal/", personal_data.my_removal, name="my_removal"),
    path("accounts/login/", views.SignIn.as_view(), name="account_login"),
    path("accounts/", include(accounts.urls)),
    path("", include((PARTNERSHIP_PAGES, "partnerships"))),
    path("", include("reviews.urls")),
    path("p/<slug:slug>/", include("strategies.urls")),
    path("p/<slug:slug>/manage/documents/", include("documents.urls")),
    path("p/<slug:slug>/", include("invitations.urls")),
    path("p/<slug:slug>/manage/jobs/", include("jobs.urls")),
    path("p/<slug:slug>/manage/imports/", include("imports.urls")),
    path("p/<slug:slug>/manage/accreditation/", include("accreditation.urls")),
]

# Over all partnerships of a region, and of England
urlpatterns += [
    path("office/<slug:region>/partnerships/", views.office_region, name="office_region"),
    path("national/", views.national, name="national"),
    path("national/partnerships/", views.national_partnerships, name="national_partnerships"),
    path("national/rounds/", views.rounds, name="national_rounds"),
    path("national/rounds/new/", views.new_round, name="national_new_round"),
    path("national/rounds/<int:pk>/", views.round, name="national_round"),
    path("national/appeals/", views.appeals, name="national_appeals"),
    path("national/schemes/", views.schemes, name="national_schemes"),
]

handler400 = "lsp.views.bad_request"
handler403 = "lsp.views.forbidden"
