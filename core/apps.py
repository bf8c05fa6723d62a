"""The core app: workflow tables, words for money and dates, markdown, exports, charts, form pack and components."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """No models; registered for its template tags and templates."""

    name = "core"
