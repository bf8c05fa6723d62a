"""Starting a strategy for a period."""

import datetime

from django.db import transaction

from core.refusals import WrongState
from partnerships import deeds
from partnerships.models import Partnership
from partnerships.tenancy.access import Access
from strategies.actions.rules import check_may_edit
from strategies.models import Strategy, Text


@transaction.atomic
def start(
    *,
    partnership: Partnership,
    title: str,
    subtitle: str,
    period_from: datetime.date,
    period_until: datetime.date,
    by: Access,
) -> Strategy:
    """Start a strategy with its running texts, still empty. Raises NotPermitted, WrongState if the period has one."""
    check_may_edit(partnership, by)
    Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)
    if Strategy.objects.filter(partnership=partnership, period_from=period_from, period_until=period_until).exists():
        raise WrongState(title)
    strategy = Strategy.objects.create(
        partnership=partnership,
        title=title,
        subtitle=subtitle,
        period_from=period_from,
        period_until=period_until,
        saved_by_name=by.name,
    )
    Text.objects.bulk_create(
        Text(partnership=partnership, strategy=strategy, kind=kind, saved_by_name=by.name) for kind in Text.Kind
    )
    deeds.record("strategies.started", strategy, by=by)
    return strategy
