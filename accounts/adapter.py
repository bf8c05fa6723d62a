"""How allauth is bent to this product: accounts are made by invitation, never by signing up."""

import logging
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """allauth's decisions, as this product takes them, and its refusals in plain words."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        # one sentence for an unknown address and a wrong password: nobody learns who has an account
        "email_password_mismatch": _("The e-mail address or the password is not right. Check both."),
        "too_many_login_attempts": _(
            "This address is locked for fifteen minutes after five wrong passwords. Wait, or ask for a new password."
        ),
        "enter_current_password": _("This is not your password now"),
        "incorrect_password": _("This is not your password"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves: an officer appoints or invites them."""
        return False

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Tell somebody what was done to their account. It is done also when no letter can be sent."""
        try:
            super().send_notification_mail(*args, **kwargs)
        except OSError:  # smtplib's errors are such
            logger.exception("A notification could not be sent")
