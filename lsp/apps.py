"""The app of wiring: commands, home, my partnerships, the demonstration."""

from django.apps import AppConfig


class LspConfig(AppConfig):
    """What sees every app."""

    name = "lsp"

    def ready(self) -> None:
        """Make the Celery application the current one, so that tasks reach its broker from every process."""
        from lsp import celery  # noqa: F401
