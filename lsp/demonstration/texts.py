"""Writing the demonstration's strategies, from `strategies/*.toml`, by the actions of the editor."""

import tomllib
from pathlib import Path
from typing import Any

from accounts.models import Person
from partnerships.models import Organisation, Partnership
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from strategies import actions
from strategies.models import Strategy, Text
from strategies.queries import gaps
from themes.models import Theme

FOLDER = Path(__file__).resolve().parent / "strategies"


def write_all() -> list[str]:
    """Each is written by its own officer, and published when nothing is missing. Returns whose were written."""
    written: list[str] = []
    for file in sorted(FOLDER.glob("*.toml")):
        partnership = Partnership.objects.select_related("region").get(slug=file.stem)
        officer = Access.of(Person.objects.get(email=f"officer.{file.stem}@example.org"))
        with acting(partnership.pk, by=officer.person_id):
            if Strategy.objects.filter(partnership=partnership).exists():
                continue
            written.append(partnership.short_name)
            strategy = _write(partnership, tomllib.loads(file.read_text(encoding="utf-8")), officer)
            if not gaps(strategy):
                actions.publish(strategy=strategy, by=officer)
    return written


def _write(partnership: Partnership, words: dict[str, Any], by: Access) -> Strategy:
    strategy = actions.start(
        partnership=partnership,
        title=words["title"],
        subtitle=words["subtitle"],
        period_from=words["period_from"],
        period_until=words["period_until"],
        by=by,
    )
    for text in Text.objects.filter(strategy=strategy):
        body = words.get(text.kind, "").strip()
        actions.save_text(text=text, body=body, version=text.version, by=by)
    for issue in words.get("issues", []):
        actions.add_issue(strategy=strategy, title=issue["title"], body=issue["text"].strip(), by=by)
    for priority in words.get("priorities", []):
        _write_priority(strategy, priority, by)
    return strategy


def _write_priority(strategy: Strategy, words: dict[str, Any], by: Access) -> None:
    theme = Theme.objects.get(code=words["theme"])
    priority = actions.add_priority(
        strategy=strategy, theme=theme, title=words["title"], body=words["text"].strip(), by=by
    )
    for objective_words in words.get("objectives", []):
        objective = actions.add_objective(
            priority=priority, title=objective_words["title"], body=objective_words["text"].strip(), by=by
        )
        for action in objective_words.get("actions", []):
            actions.add_action(
                objective=objective,
                title=action["title"],
                lead=Organisation.objects.get(name=action["lead"]),
                partners=list(Organisation.objects.filter(name__in=action["partners"])),
                starts_on=action["starts"],
                ends_on=action["ends"],
                measure=action["measure"],
                by=by,
            )
