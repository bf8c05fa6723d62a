"""Signing in: allauth's own, which lists its accounts in the demonstration."""

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings

from lsp.demonstration.cast import PASSWORD, by_heading
from partnerships.tenancy.pages import PUBLIC


class SignIn(LoginView):
    """The sign-in page. Only in a demonstration does it name accounts and their password."""

    permission = PUBLIC

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the cast."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if settings.DEMONSTRATION:
            context["demonstration_cast"] = by_heading()
            context["demonstration_password"] = PASSWORD
        return context
