"""The Celery application: its tasks are entry points of jobs, its clock rings the sweep."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lsp.settings")

app = Celery("lsp")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def refuse_to_serve(**kwargs: Any) -> None:
    """Stop the worker as `lsp.wsgi` stops the web server, and where no PDF could be made.

    That loads the PDF engine, once for all processes of the worker's pool. See `partnerships.tenancy.checks`.
    """
    from partnerships.tenancy.checks import stop_unless_fit_to_serve

    stop_unless_fit_to_serve("documents")
