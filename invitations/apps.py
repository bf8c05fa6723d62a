"""The app of invitations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvitationsConfig(AppConfig):
    """How people come to hold a role: by a letter that they answer. The table itself is `partnerships`'."""

    name = "invitations"
    verbose_name = _("Invitations")

    def ready(self) -> None:
        """Register the job that writes the letter, and how the deeds are said."""
        from invitations import tasks  # noqa: F401
        from partnerships.wording import describe

        describe(
            {
                "invitations.invited": _("was offered to somebody by letter"),
                "invitations.resent": _("was offered once more, with a new link"),
                "invitations.revoked": _("is offered no longer: the invitation was withdrawn"),
                "invitations.lapsed": _("is offered no longer: nobody answered the invitation"),
                "invitations.accepted": _("accepted the invitation"),
            }
        )
