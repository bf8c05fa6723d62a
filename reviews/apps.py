"""The app of reviews."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    """The Government Office's queue: one way to claim, question and decide, whatever was submitted."""

    name = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        """Register the jobs, what is held about people, what hinders an end, how deeds are said and to whom."""
        from partnerships.ending import hinders, remains
        from partnerships.wording import confide, describe
        from reviews import forgetting, tasks  # noqa: F401
        from reviews.queries.ending import kept_for_reading, open_with_the_office

        hinders(open_with_the_office)
        remains(kept_for_reading)
        describe(
            {
                "reviews.submitted": _("was submitted to the Government Office"),
                "reviews.answered": _("was submitted again"),
                "reviews.seen": _("was opened by the Government Office for the first time"),
                "reviews.claimed": _("was taken for review"),
                "reviews.assigned": _("was assigned for review"),
                "reviews.released": _("was handed back to the queue"),
                "reviews.recused": _("has one reviewer less: somebody stood aside"),
                "reviews.returned_to_queue": _("went back to the queue: its reviewer has left"),
                "reviews.judged": _("was judged in a section"),
                "reviews.dialogue_logged": _("had a conversation recorded"),
                "reviews.shared": _("shows its review to the partnership"),
                "reviews.hidden": _("shows its review to the partnership no longer"),
                "reviews.changes_asked": _("was sent back for changes"),
                "reviews.recommended": _("waits for a countersign"),
                "reviews.recommendation_returned": _("went back to its reviewer"),
                "reviews.decided": _("was decided"),
                "reviews.withdrawn": _("was withdrawn"),
                "reviews.appealed": _("was appealed"),
                "reviews.appeal_dismissed": _("stays as decided: the appeal was dismissed"),
            }
        )
        # What the office thinks before it has decided. Whatever of it is shared, the review shows, not the log.
        confide(
            {
                "reviews.judged",
                "reviews.dialogue_logged",
                "reviews.recommended",
                "reviews.recommendation_returned",
            }
        )
