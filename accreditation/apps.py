"""The app of accreditation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccreditationConfig(AppConfig):
    """Self-assessments in rounds of a scheme, and what the Government Office decided about them."""

    name = "accreditation"
    verbose_name = _("Accreditation")

    def ready(self) -> None:
        """Tell the queue what a self-assessment is, and everybody below what this app does, holds and leaves."""
        from accreditation import forgetting, queries, tasks  # noqa: F401
        from accreditation.actions import deciding
        from accreditation.queries import cases
        from partnerships.ending import remains
        from partnerships.wording import describe
        from reviews.kinds import SubmissionKind, register

        register(
            SubmissionKind(
                code=queries.KIND,
                name=_("Self-assessment"),
                scale=cases.scale,
                outcomes=cases.outcomes,
                answer_days=lambda case: cases.scheme_of(case).answer_days,
                appeal_days=lambda case: cases.scheme_of(case).appeal_days,
                page=cases.page,
                changes_asked=deciding.changes_asked,
                decided=deciding.decided,
                withdrawn=deciding.withdrawn,
            )
        )
        remains(queries.kept_for_reading)
        describe(
            {
                "accreditation.started": _("was started"),
                "accreditation.path_set": _("takes another path"),
                "accreditation.answer_saved": _("was written"),
                "accreditation.changes_saved": _("says what has changed since the last round"),
                "accreditation.scored": _("was scored"),
                "accreditation.scored_anew": _("was scored anew"),
                "accreditation.evidence_added": _("was added to the evidence"),
                "accreditation.evidence_removed": _("was taken out of the evidence"),
                "accreditation.action_added": _("was added to the action plan"),
                "accreditation.action_saved": _("was rewritten"),
                "accreditation.action_removed": _("was taken out of the action plan"),
                "accreditation.progress_noted": _("has new progress"),
                "accreditation.signed_off": _("was signed off"),
            }
        )
