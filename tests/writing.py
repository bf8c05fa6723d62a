"""Strategies for tests, written by the actions of the editor."""

import datetime
import re
from typing import Any

from accounts.models import Person
from partnerships.models import Organisation, Partnership
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from strategies import actions
from strategies.models import Strategy, Text
from themes.models import Theme


def write_strategy(partnership: Partnership, by: Person, *, token: str = "", complete: bool = True) -> Strategy:
    """A small strategy with one of everything; `token` is put into every text; incomplete, it lacks its progress."""
    access = Access.of(by)

    def marked(words: str) -> str:
        return f"{words} {token}".strip()

    with acting(partnership.pk, by=by.pk):
        strategy = actions.start(
            partnership=partnership,
            title=marked("A place to stay"),
            subtitle=marked("Community Strategy 2006 to 2016"),
            period_from=datetime.date(2006, 4, 1),
            period_until=datetime.date(2016, 3, 31),
            by=access,
        )
        for text in Text.objects.filter(strategy=strategy):
            if complete or text.kind != Text.Kind.PROGRESS:
                actions.save_text(text=text, body=marked(f"The words of {text}."), version=text.version, by=access)
        actions.add_issue(strategy=strategy, title=marked("Burglary"), body=marked("It must fall."), by=access)
        priority = actions.add_priority(
            strategy=strategy,
            theme=Theme.objects.get(code="community-safety"),
            title=marked("Streets where people feel safe"),
            body=marked("The police lead."),
            by=access,
        )
        objective = actions.add_objective(
            priority=priority, title=marked("Fewer burglaries"), body=marked("By a quarter."), by=access
        )
        actions.add_action(
            objective=objective,
            title=marked("New locks for 400 homes"),
            lead=Organisation.objects.get(name=f"{partnership.short_name} Council"),
            partners=[Organisation.objects.get(name=f"{partnership.short_name} Council for Voluntary Service")],
            starts_on=datetime.date(2006, 4, 1),
            ends_on=datetime.date(2008, 3, 31),
            measure=marked("Locks fitted a quarter"),
            by=access,
        )
    return strategy


def press_publish(client: Any, url: str, **options: Any) -> Any:
    """Open the page that asks, and publish what it shows, as a browser does."""
    shown = re.search(r'name="seen" value="(\w+)"', client.get(url).content.decode())
    return client.post(url, {"seen": shown[1]} if shown else {}, **options)
