"""Saving the parts of a strategy. Each save says which version its writer saw."""

import datetime
from collections.abc import Iterable, Sequence

from django.db import models, transaction

from partnerships import deeds
from partnerships.actions.versions import refuse_overtaken_version
from partnerships.models import Organisation
from partnerships.tenancy.access import Access
from strategies.actions import rules
from strategies.actions.starting import check_period_is_free
from strategies.models import Action, ActionPartner, Issue, Objective, Part, Priority, Strategy, Text
from themes.models import Theme


@transaction.atomic
def save_details(
    *,
    strategy: Strategy,
    title: str,
    subtitle: str,
    period_from: datetime.date,
    period_until: datetime.date,
    version: int,
    by: Access,
) -> Strategy:
    """Title and period. Raises NotPermitted, Conflict, Already if another strategy has the period."""
    rules.check_may_edit(strategy.partnership, by)
    check_period_is_free(strategy.partnership, period_from, period_until, but=strategy)
    values = {"title": title, "subtitle": subtitle, "period_from": period_from, "period_until": period_until}
    return rules.save(strategy, values, version=version, by=by)


@transaction.atomic
def save_text(*, text: Text, body: str, version: int, by: Access) -> Text:
    """One running text, in markdown. Raises NotPermitted, Conflict."""
    return rules.save(text, {"body": body}, version=version, by=by)


@transaction.atomic
def add_issue(*, strategy: Strategy, title: str, body: str, by: Access) -> Issue:
    """A key issue, behind the others. Raises NotPermitted."""
    issue = Issue(partnership=strategy.partnership, strategy=strategy, title=title, body=body)
    return rules.add(issue, strategy.issues, by=by)


@transaction.atomic
def save_issue(*, issue: Issue, title: str, body: str, version: int, by: Access) -> Issue:
    """Raises NotPermitted, Conflict."""
    return rules.save(issue, {"title": title, "body": body}, version=version, by=by)


@transaction.atomic
def add_priority(*, strategy: Strategy, theme: Theme, title: str, body: str, by: Access) -> Priority:
    """A priority in a theme, behind the others. Raises NotPermitted."""
    priority = Priority(partnership=strategy.partnership, strategy=strategy, theme=theme, title=title, body=body)
    return rules.add(priority, strategy.priorities, by=by)


@transaction.atomic
def save_priority(*, priority: Priority, theme: Theme, title: str, body: str, version: int, by: Access) -> Priority:
    """Raises NotPermitted, Conflict."""
    return rules.save(priority, {"theme": theme, "title": title, "body": body}, version=version, by=by)


@transaction.atomic
def add_objective(*, priority: Priority, title: str, body: str, by: Access) -> Objective:
    """An objective of a priority, behind the others. Raises NotPermitted."""
    objective = Objective(partnership=priority.partnership, priority=priority, title=title, body=body)
    return rules.add(objective, priority.objectives, by=by)


@transaction.atomic
def save_objective(*, objective: Objective, title: str, body: str, version: int, by: Access) -> Objective:
    """Raises NotPermitted, Conflict."""
    return rules.save(objective, {"title": title, "body": body}, version=version, by=by)


@transaction.atomic
def add_action(
    *,
    objective: Objective,
    title: str,
    lead: Organisation,
    partners: Sequence[Organisation],
    starts_on: datetime.date,
    ends_on: datetime.date,
    measure: str,
    by: Access,
) -> Action:
    """An action of an objective, behind the others. Raises NotPermitted."""
    action = Action(
        partnership=objective.partnership,
        objective=objective,
        title=title,
        lead=lead,
        starts_on=starts_on,
        ends_on=ends_on,
        measure=measure,
    )
    added = rules.add(action, objective.actions, by=by)
    _set_partners(added, [partner for partner in partners if partner != lead])
    return added


@transaction.atomic
def save_action(
    *,
    action: Action,
    title: str,
    lead: Organisation,
    partners: Sequence[Organisation],
    starts_on: datetime.date,
    ends_on: datetime.date,
    measure: str,
    version: int,
    by: Access,
) -> Action:
    """Raises NotPermitted, Conflict."""
    rules.held(action)
    helping = Organisation.objects.filter(pk__in=action.helpers.values("organisation"))
    wanted = [partner for partner in partners if partner != lead]
    values = {"title": title, "lead": lead, "starts_on": starts_on, "ends_on": ends_on, "measure": measure}
    lists = {"partners": (_names(helping), _names(wanted))}
    saved = rules.save(action, values, version=version, by=by, lists=lists)
    _set_partners(saved, wanted)
    return saved


@transaction.atomic
def remove_part(*, part: Part, version: int, by: Access) -> None:
    """Take a part out, with what hangs on it; history keeps it. Raises NotPermitted, Conflict, Removed."""
    rules.check_may_edit(part.partnership, by)  # type: ignore[attr-defined]
    strategy = rules.held(part)
    current = rules.locked(part)
    refuse_overtaken_version(current, "", str(current), version)
    rules.mark_changed(strategy)
    deeds.record("strategies.part_removed", current, by=by)
    current.delete()


@transaction.atomic
def move_part(*, part: Part, earlier: bool, by: Access) -> None:
    """Exchange a part with the one before or after it; at the end of the row nothing happens.

    Raises NotPermitted, Removed.
    """
    rules.check_may_edit(part.partnership, by)  # type: ignore[attr-defined]
    strategy = rules.held(part)
    rules.locked(part)
    siblings = list(siblings_of(part))
    here = [row.pk for row in siblings].index(part.pk)
    there = here - 1 if earlier else here + 1
    if not 0 <= there < len(siblings):
        return
    siblings[here], siblings[there] = siblings[there], siblings[here]
    for order, row in enumerate(siblings, start=1):
        row.order = order
    type(part)._default_manager.bulk_update(siblings, ["order"])
    rules.mark_changed(strategy)
    deeds.record("strategies.part_moved", part, by=by, changes={"place": [here + 1, there + 1]})


def siblings_of(part: Part) -> models.QuerySet[Part]:
    """The parts it stands among, in their order."""
    parents = {Issue: "strategy", Priority: "strategy", Objective: "priority", Action: "objective"}
    parent = parents[type(part)]
    return type(part)._default_manager.filter(**{f"{parent}_id": getattr(part, f"{parent}_id")}).order_by("order", "pk")


def _names(organisations: Iterable[Organisation]) -> str:
    return ", ".join(sorted(organisation.name for organisation in organisations))


def _set_partners(action: Action, partners: Sequence[Organisation]) -> None:
    """Make these the partners, and nobody else."""
    wanted = {partner.pk for partner in partners}
    held = set(action.helpers.values_list("organisation_id", flat=True))
    action.helpers.filter(organisation_id__in=held - wanted).delete()
    ActionPartner.objects.bulk_create(
        ActionPartner(partnership_id=action.partnership_id, action=action, organisation_id=pk) for pk in wanted - held
    )
