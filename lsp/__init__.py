"""Wiring: settings, addresses, workers, embedded servers, and the pages that see every app."""

from lsp.celery import app as celery_app

__all__ = ["celery_app"]
