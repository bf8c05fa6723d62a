"""The app of strategies."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StrategiesConfig(AppConfig):
    """Community Strategies: written by several people, published as editions that never change."""

    name = "strategies"
    verbose_name = _("Strategies")

    def ready(self) -> None:
        """Register the jobs this app can do, and how its deeds are said."""
        from partnerships.ending import remains
        from partnerships.wording import describe
        from strategies import forgetting, tasks  # noqa: F401
        from strategies.queries import kept_for_reading

        remains(kept_for_reading)
        describe(
            {
                "strategies.started": _("was started"),
                "strategies.details_saved": _("has another title or period"),
                "strategies.text_saved": _("was written"),
                "strategies.issue_added": _("was added to the key issues"),
                "strategies.issue_saved": _("was rewritten"),
                "strategies.priority_added": _("was added to the priorities"),
                "strategies.priority_saved": _("was rewritten"),
                "strategies.objective_added": _("was added to the objectives"),
                "strategies.objective_saved": _("was rewritten"),
                "strategies.action_added": _("was added to the actions"),
                "strategies.action_saved": _("was rewritten"),
                "strategies.part_removed": _("was removed"),
                "strategies.part_moved": _("was moved"),
                "strategies.draft_pdf_asked": _("was asked for as a PDF of the draft"),
                "strategies.published": _("was published"),
            }
        )
