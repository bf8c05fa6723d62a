"""The readable log of a partnership: who did what, when, why, from what to what; sealed by the database."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.refusals import Text
from partnerships.tenancy.schema import AppendOnly, PartnershipKey
from partnerships.wording import Change, changes_in_words, thing_for, words_for

# A hash over the seal before it and over everything the deed says: a chain per partnership. As the trigger writes it.
SEALED = """encode(sha256(convert_to(coalesce(last.seal, '') || (jsonb_build_array(
        NEW.partnership_id, NEW.number, NEW.at AT TIME ZONE 'UTC', NEW.verb, NEW.by_id, NEW.by_name, NEW.subject,
        NEW.subject_id, NEW.subject_label, NEW.reason, NEW.changes
        ) || CASE WHEN NEW.about_id IS NULL THEN '[]' ELSE jsonb_build_array(NEW.about_id) END)::text, 'UTF8')), 'hex')"""  # noqa: E501

SEAL = f"""
    PERFORM pg_advisory_xact_lock(hashtext('partnerships_deed'), NEW.partnership_id::int);
    SELECT * INTO last FROM partnerships_deed WHERE partnership_id = NEW.partnership_id ORDER BY number DESC LIMIT 1;
    NEW.number := coalesce(last.number, 0) + 1;
    NEW.at := clock_timestamp();
    NEW.seal := {SEALED};
    RETURN NEW;
"""  # noqa: S608  (no value of anybody's is in it)


def seal_of(row: str, before: str) -> str:
    """SQL for the seal that a row of deeds must have, after a row with the seal `before` (an expression)."""
    return SEALED.replace("NEW.", f"{row}.").replace("last.seal", before)


class Deed(models.Model):
    """One deed. Number, time and seal are the database's: the application cannot choose, change or remove them.

    People stand in it by number, so that a name can be taken out of the system without touching the chain. `by_name` is
    for what the system itself did (and for deeds of before this rule).
    """

    partnership = PartnershipKey()
    number = models.PositiveBigIntegerField(_("number"), default=0, editable=False)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    verb = models.CharField(_("deed"), max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(_("who"), max_length=200, blank=True)
    subject = models.CharField(_("kind of thing"), max_length=60)
    subject_id = models.BigIntegerField(_("its number"), null=True, blank=True)
    subject_label = models.CharField(_("thing"), max_length=300)
    reason = models.TextField(_("why"), blank=True)
    changes = models.JSONField(_("from what to what"), default=dict, blank=True)
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("whom it is about"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
    )
    seal = models.CharField(_("seal"), max_length=64, default="", editable=False)

    class Meta:
        verbose_name = _("deed")
        verbose_name_plural = _("deeds")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "number"], name="one_deed_per_number"),
            AppendOnly(name="deed_append_only"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["partnership", "subject", "subject_id"], name="deeds_of_a_thing"),
            models.Index(
                fields=["partnership", "about"], name="deeds_about_a_person", condition=models.Q(about__isnull=False)
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="seal",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("last", "partnerships_deed")],
                func=pgtrigger.Func(SEAL),  # type: ignore[no-untyped-call]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.verb}"

    @property
    def who(self) -> str:
        """Who did it, by the name they have now; the system's own commands by theirs."""
        return self.by.name if self.by else self.by_name

    @property
    def what(self) -> str:
        """The thing it was done to; where it is about a person, they come first."""
        if self.about is None:
            return self.subject_label
        return f"{self.about.name} ({self.subject_label})" if self.subject_label else self.about.name

    @property
    def words(self) -> Text:
        """What happened, to stand behind the name of the thing."""
        return words_for(self.verb)

    @property
    def kind(self) -> str:
        """What kind of thing it was done to."""
        return thing_for(self.subject)

    @property
    def changed(self) -> list[Change]:
        """From what to what, in words."""
        return changes_in_words(self.subject, self.changes)


class ChainHead(models.Model):
    """Where a log stood when a letter told a Government Office: its last deed then, and that deed's seal.

    A chain alone does not show that deeds were cut off at its end, or that all were sealed anew. This does, against
    whoever forgets it, and the letter against whoever does not: see docs/adr/0010-heads-of-the-logs.md.
    """

    partnership = PartnershipKey()
    number = models.PositiveBigIntegerField(_("number of the last deed"))
    seal = models.CharField(_("its seal"), max_length=64)
    noted_at = models.DateTimeField(_("noted"), auto_now_add=True)

    class Meta:
        verbose_name = _("head of a log")
        verbose_name_plural = _("heads of logs")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "number"], name="one_head_per_number"),
            AppendOnly(name="chainhead_append_only"),
        ]

    def __str__(self) -> str:
        return f"{self.partnership_id}: {self.number} {self.seal}"
