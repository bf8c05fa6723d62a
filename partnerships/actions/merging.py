"""Merging two entries of the directory that are one body, and undoing it. See docs/adr/0009."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import long_date
from core.refusals import Already, NotPermitted
from partnerships import deeds
from partnerships.models import Organisation, OrganisationMerge, Partnership
from partnerships.permissions import Perm
from partnerships.queries.merging import Preview, Step, preview
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting

LABEL = gettext_lazy("merge entries of the directory that another partnership uses too")
WHO = gettext_lazy("Whoever runs the system")


class Overtaken(Already):
    """What would move is no longer what was shown."""


class Changed(Already):
    """Rows that a merge moved were changed since, so it cannot be undone; `rows` names them."""

    def __init__(self, rows: Iterable[str]) -> None:
        self.rows = sorted(set(rows))
        words = _("This was changed since the merge, so it cannot be undone: %(rows)s.")
        super().__init__(words % {"rows": "; ".join(self.rows)})


@contextmanager
def _whole_or_not_at_all() -> Iterator[None]:
    """Raises Overtaken when a row that somebody enters at this moment would then stand twice."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        words = _("Something that was entered meanwhile stands in the way. Look at both entries before you try again.")
        raise Overtaken(words) from error


@_whole_or_not_at_all()
def merge(*, kept: Organisation, merged: Organisation, seen: str | None = None, by: Access) -> OrganisationMerge:
    """Make one entry of two: what names `merged` names `kept` from now on, in every partnership, or nowhere.

    `merged` stays as a row that points to the other. `seen` is the seal of the preview that was shown.

    Raises Already if either is merged by now, or if something stands in the way (see `Preview.obstacles`); Overtaken if
    something else would move than was shown; NotPermitted where `by` may not manage a partnership with a row of either.
    """
    kept, merged = _locked(kept.pk, merged.pk)
    _refuse_merged(kept, merged)
    shown = preview(kept, merged, by)
    if shown.foreign:
        raise NotPermitted(LABEL, WHO)
    if shown.obstacles:
        raise Already(shown.obstacles[0])
    if seen is not None and seen != shown.seal:
        raise Overtaken(_("Something changed since you opened this page. Look at it again before you merge."))
    _do(shown.plan.of(None))
    changes = {"organisation": [merged.name, kept.name]}
    for partnership in shown.concerned:
        with acting(partnership.pk, by=by.person_id, even_if_over=True):
            _do(shown.plan.of(partnership.pk))
            deeds.record("partnerships.merged", kept, by=by, changes=changes, partnership=partnership)
    merged.merged_into = kept
    merged.save(update_fields=["merged_into"])
    return OrganisationMerge.objects.create(kept=kept, merged=merged, by_id=by.person_id, journal=_journal(shown))


@_whole_or_not_at_all()
def undo(*, merge: OrganisationMerge, by: Access) -> OrganisationMerge:
    """Take a merge back: every row that moved names what it named before; what came since stays with the kept entry.

    Rows that were deleted since stay deleted. Raises Already if it is undone, or if the kept entry is itself merged by
    now, Changed if rows of it were changed since, Overtaken and NotPermitted as the merge does.
    """
    kept, merged = _locked(merge.kept_id, merge.merged_id)
    merge = OrganisationMerge.objects.select_for_update(of=("self",), no_key=True).get(pk=merge.pk)
    if merge.undone_at is not None:
        raise Already(_("This merge was undone on %(day)s.") % {"day": long_date(merge.undone_at)})
    if kept.merged_into is not None:
        names = {"kept": kept.name, "other": kept.merged_into.name}
        raise Already(_("“%(kept)s” was merged into “%(other)s” since. Undo that first.") % names)
    concerned = Partnership.objects.in_bulk(merge.journal["partnerships"])
    if not all(by.holds(Perm.MANAGE_MEMBERS, partnership) for partnership in concerned.values()):
        raise NotPermitted(LABEL, WHO)
    steps = defaultdict(list)
    for entry in merge.journal["steps"]:
        steps[entry["partnership"]].append(Step(**entry))
    changed = list(_undo(steps[None], _("the directory")))
    changes = {"organisation": [kept.name, merged.name]}
    for pk, partnership in sorted(concerned.items()):
        with acting(pk, by=by.person_id, even_if_over=True):
            changed += _undo(steps[pk], partnership.short_name)
            deeds.record("partnerships.merge_undone", kept, by=by, changes=changes, partnership=partnership)
    if changed:
        raise Changed(changed)
    Organisation.objects.filter(pk=merged.pk).update(merged_into=None)
    merge.undone_at, merge.undone_by_id = timezone.now(), by.person_id
    merge.save(update_fields=["undone_at", "undone_by"])
    return merge


def _locked(*pks: int) -> list[Organisation]:
    """Both entries in the order asked for, locked in one order, so that two merges wait for each other.

    The lock is the one that also keeps new rows from naming them meanwhile.
    """
    held = Organisation.objects.select_for_update(of=("self",)).order_by("pk").filter(pk__in=pks)
    rows = {row.pk: row for row in held}
    return [rows[pk] for pk in pks]


def _refuse_merged(kept: Organisation, merged: Organisation) -> None:
    if kept == merged:
        raise Already(_("This is one entry. Choose another to merge with it."))
    for row in (kept, merged):
        if row.merged_into is not None:
            names = {"name": row.name, "kept": row.merged_into.name}
            raise Already(_("“%(name)s” was merged into “%(kept)s” already.") % names)


def _journal(shown: Preview) -> dict[str, Any]:
    return {
        "partnerships": [partnership.pk for partnership in shown.concerned],
        "steps": [step.as_journal() for step in shown.plan.steps],
    }


def _do(steps: list[Step]) -> None:
    """Raises Overtaken if a row is not as it was when the steps were worked out."""
    for step, pks in _alike(steps):
        rows = step.model._base_manager.filter(pk__in=pks, **step.before)
        done = rows.delete()[0] if step.after is None else rows.update(**step.after)
        if done != len(pks):
            raise Overtaken(_("Somebody changed what would move, at this moment. Look at it again before you merge."))


def _undo(steps: list[Step], place: str) -> Iterator[str]:
    """Names the rows that are no longer as the merge left them; the others are as before it."""
    for step, pks in _alike(list(reversed(steps))):
        if step.after is None:
            _restore(step)
            continue
        manager = step.model._base_manager
        same = manager.filter(pk__in=pks, **step.after)
        for row in manager.filter(pk__in=pks).exclude(pk__in=same.values("pk")):
            yield _("%(kind)s of %(name)s (%(place)s)") % {
                "kind": row._meta.verbose_name,
                "name": row,
                "place": place,
            }
        same.update(**step.before)


def _restore(step: Step) -> None:
    """Put a row back that the merge took out, unless what it linked is gone."""
    fields = (field for field in step.model._meta.concrete_fields if field.remote_field and not field.primary_key)
    linked: list[tuple[Any, Any]] = [(field.related_model, step.before[field.attname]) for field in fields]
    if all(table._base_manager.filter(pk=pk).exists() for table, pk in linked):
        step.model(**step.before).save(force_insert=True)


def _alike(steps: list[Step]) -> Iterator[tuple[Step, list[int]]]:
    """Steps in their order, those together that do the same to rows of one table."""
    for _same, group in groupby(steps, key=lambda step: (step.table, step.before, step.after)):
        alike = list(group)
        yield alike[0], [step.pk for step in alike]
