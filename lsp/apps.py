"""The app of wiring: commands, home, my partnerships, the demonstration."""

from django.apps import AppConfig


class LspConfig(AppConfig):
    """What sees every app."""

    name = "lsp"
