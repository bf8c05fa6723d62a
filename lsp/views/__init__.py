"""The pages that see every app, and those that belong to none."""

from lsp.views.inside import account, dashboard, mine
from lsp.views.public import home, public, regions
from lsp.views.service import accessibility, bad_request, cookies, csrf_failure, forbidden, healthz, help_page, privacy
from lsp.views.session import kept_form, session
from lsp.views.sign_in import SignIn

__all__ = [
    "SignIn",
    "accessibility",
    "account",
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
    "privacy",
    "public",
    "regions",
    "session",
]
