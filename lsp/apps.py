"""The app of wiring: commands, home, my partnerships, the demonstration."""

from django.apps import AppConfig


class LspConfig(AppConfig):
    """What sees every app."""

    name = "lsp"

    def ready(self) -> None:
        """Register the checks; make the Celery application the current one, so that each process reaches its broker."""
        from lsp import celery, checks  # noqa: F401
