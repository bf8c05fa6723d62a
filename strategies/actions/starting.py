"""Starting a strategy for a period."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.refusals import Already
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
    """Start a strategy with its running texts, still empty. Raises NotPermitted, Already if the period has one."""
    check_may_edit(partnership, by)
    check_period_is_free(partnership, period_from, period_until)
    strategy = Strategy.objects.create(
        partnership=partnership,
        title=title,
        subtitle=subtitle,
        period_from=period_from,
        period_until=period_until,
        saved_by_id=by.person_id,
    )
    Text.objects.bulk_create(
        Text(partnership=partnership, strategy=strategy, kind=kind, saved_by_id=by.person_id) for kind in Text.Kind
    )
    deeds.record("strategies.started", strategy, by=by)
    return strategy


def check_period_is_free(
    partnership: Partnership,
    period_from: datetime.date,
    period_until: datetime.date,
    *,
    but: Strategy | None = None,
) -> None:
    """Raises Already if another strategy than `but` has this period. Until the commit nobody else can take it."""
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership.pk)
    same = Strategy.objects.filter(partnership=partnership, period_from=period_from, period_until=period_until)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise Already(_("There is a strategy for this period already"))
