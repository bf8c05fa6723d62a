"""What rows have in common that several people edit."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Versioned(models.Model):
    """Something that several people edit: whoever saves must have seen the version they change.

    Who saved stands here and in its history by number: a name could not be taken out of a history.
    """

    version = models.PositiveIntegerField(_("version"), default=1)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saved by"),
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
    )

    class Meta:
        abstract = True

    @property
    def saved_by_name(self) -> str:
        """Who saved it last, by the name they have now."""
        return self.saved_by.name if self.saved_by else gettext("the service itself")
