"""A process that stands ready, with a connection of its own, and does one deed after the other on command.

`python -m tests.resilience.racers`. A line that it reads names a deed, who does it and on what. It loads what a page
would have loaded, says that it is ready, does the deed when the next line comes, and says what came of it.
"""

import json
import re
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from accreditation.models import SelfAssessment
    from partnerships.tenancy.access import Access
    from reviews.models import Case
    from tests.world import World

Deed = Callable[[], Any]

LOCK = re.compile(r" FOR (NO KEY )?UPDATE( OF [\w\", ]+)?$")


def claim(case: "Case", by: "Access", number: int) -> Deed:
    from reviews import actions

    return lambda: actions.claim(case=case, no_interest=True, by=by)


def recommend(case: "Case", by: "Access", number: int) -> Deed:
    from reviews import actions

    return lambda: actions.recommend(
        case=case,
        outcome="green",
        reasons="It works.",
        concerns="",
        conditions=[],
        next_review_on=None,
        submission=1,
        by=by,
    )


def decide(case: "Case", by: "Access", number: int) -> Deed:
    from reviews import actions

    return lambda: actions.decide(case=case, recommendation=1, by=by)


def withdraw(case: "Case", by: "Access", number: int) -> Deed:
    from reviews import actions

    return lambda: actions.withdraw(case=case, reason="Too early.", by=by)


def submit(assessment: "SelfAssessment", by: "Access", number: int) -> Deed:
    """What the chair has read, and members have signed off."""
    from accounts.models import Person
    from accreditation import actions, queries
    from accreditation.models import SignOff

    seal = queries.seal_of(assessment)
    for member in Person.objects.filter(email__in=["rep@example.org", "cvs@example.org"]):
        SignOff.objects.create(partnership=assessment.partnership, assessment=assessment, person=member, seal=seal)
    return lambda: actions.submit(assessment=assessment, declaration="We agree.", seal=seal, by=by)


def edit(assessment: "SelfAssessment", by: "Access", number: int) -> Deed:
    """Another answer, another piece of evidence or another action: by turns. All bear the number in their words."""
    from accreditation import actions, queries
    from tests.assessing import plan_action

    words, answer = f"Edit {number}.", queries.answers_of(assessment)[number % 6]
    if number % 3 == 0:
        return lambda: actions.save_answer(
            answer=answer,
            rating=answer.rating,
            agreed_because=answer.agreed_because,
            starting_point=answer.starting_point,
            narrative=words,
            version=answer.version,
            by=by,
        )
    if number % 3 == 1:
        url = f"https://southwark.example.org/{number}"
        return lambda: actions.add_link(assessment=assessment, criterion=answer.criterion, title=words, url=url, by=by)
    return lambda: plan_action(assessment, by, title=words)


ON_CASES: dict[str, Callable[..., Deed]] = {deed.__name__: deed for deed in (claim, recommend, decide, withdraw)}
ON_ASSESSMENTS: dict[str, Callable[..., Deed]] = {deed.__name__: deed for deed in (submit, edit)}


class Racer:
    """Who does what is commanded, each deed in a transaction of its own and in the name of somebody of the cast."""

    def __init__(self, cast: "World") -> None:
        self._cast = cast
        self._access = cache(cast.access)

    def prepared(self, *, deeds: list[list[str]], on: int, number: int, pause: float | None) -> Deed:
        """What shall be done: deed after deed (name, who). With a pause, locks are left out."""
        steps = [self._step(name, who, on, number) for name, who in deeds]

        def do() -> None:
            with without_locks(pause) if pause is not None else nullcontext():
                for step in steps:
                    step()

        return do

    def _step(self, name: str, who: str, on: int, number: int) -> Deed:
        from accreditation import queries
        from partnerships.tenancy.context import acting
        from reviews.models import Case

        southwark, by = self._cast.southwark, self._access(who)
        with acting(southwark.pk, by=by.person_id):
            if name in ON_CASES:
                case = Case.objects.select_related("partnership__region").get(partnership=southwark, pk=on)
                deed = ON_CASES[name](case, by, number)
            else:
                deed = ON_ASSESSMENTS[name](queries.assessment(southwark, on), by, number)

        def step() -> None:
            with acting(southwark.pk, by=by.person_id):
                deed()

        return step


def without_locks(pause: float) -> AbstractContextManager[None]:
    """Leave `FOR UPDATE` out of every statement; whoever has read so waits for some seconds before they go on."""
    from django.db import connection

    def execute(run: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        unlocked = LOCK.sub("", sql)
        result = run(unlocked, *arguments)
        if unlocked != sql:
            time.sleep(pause)
        return result

    return connection.execute_wrapper(execute)


def outcome(deed: Deed) -> dict[str, str]:
    """What came of it: nothing refused, or by whom and in which words (those of the database: the constraint)."""
    from django.db import DatabaseError

    from core.refusals import Refusal

    try:
        deed()
    except Refusal as refusal:
        return {"refused": type(refusal).__name__, "words": str(refusal)}
    except DatabaseError as error:
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        return {"refused": type(error).__name__, "words": constraint or str(error)}
    return {"refused": "", "words": ""}


def say(**words: Any) -> None:
    """One line to whoever commands."""
    print(json.dumps(words), flush=True)


def main() -> None:
    """Until there is nobody who commands."""
    from tests.world import world

    racer = Racer(world())
    say(ready=True)
    for command in sys.stdin:
        deed = racer.prepared(**json.loads(command))
        say(ready=True)
        sys.stdin.readline()
        say(**outcome(deed))


if __name__ == "__main__":
    django.setup()
    main()
