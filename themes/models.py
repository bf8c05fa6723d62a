"""Themes: reference data, because every policy renames them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Theme(models.Model):
    """A side of life that a partnership works on, such as community safety."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"))
    description = models.CharField(_("description"), max_length=300)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ("order",)

    def __str__(self) -> str:
        return self.name
