"""The pages that see every app, and those that belong to none."""

from lsp.views.inside import account, dashboard, mine
from lsp.views.national import appeals, national, schemes
from lsp.views.public import home, public, regions
from lsp.views.rounds import new_round, round, rounds
from lsp.views.service import accessibility, bad_request, cookies, csrf_failure, forbidden, healthz, help_page, privacy
from lsp.views.session import kept_form, session
from lsp.views.sign_in import SignIn
from lsp.views.standing import national_partnerships, office_region

__all__ = [
    "SignIn",
    "accessibility",
    "account",
    "appeals",
    "bad_request",
    "cookies",
    "csrf_failure",
    "dashboard",
    "forbidden",
    "healthz",
    "help_page",
    "home",
    "kept_form",
    "mine",
    "national",
    "national_partnerships",
    "new_round",
    "office_region",
    "privacy",
    "public",
    "regions",
    "round",
    "rounds",
    "schemes",
    "session",
]
