"""Deeds in an installation of their own, from the command line: `python -m tests.resilience.office DEED …`.

Prints what came of it as JSON. A process of its own, because the tests' own Django looks at the tests' database.
"""

import json
import sys
import time
from typing import Any

import django


def build() -> dict[str, Any]:
    """The cast, and Southwark's strategy."""
    from tests.world import world
    from tests.writing import write_strategy

    cast = world()
    return {"strategy": write_strategy(cast.southwark, cast.officer).pk}


def publish(count: str) -> dict[str, Any]:
    """So many editions, each with one more issue than the one before. Returns job → edition."""
    from partnerships.tenancy.context import acting
    from strategies import actions
    from strategies.models import Strategy
    from tests.world import world

    cast, made = world(), {}
    for _number in range(int(count)):
        with acting(cast.southwark.pk, by=cast.officer.pk):
            strategy = Strategy.objects.get()
            actions.add_issue(strategy=strategy, title="One more", body="Words.", by=cast.access("officer"))
            edition, job = actions.publish(strategy=strategy, by=cast.access("officer"))
            made[job.pk] = edition.pk
    return made


def publish_as_in_a_browser() -> dict[str, Any]:
    """The officer adds an issue and publishes, through the pages. Returns statuses, and the seconds of publishing."""
    from django.test import Client
    from django.urls import reverse

    from partnerships.tenancy.context import acting
    from strategies.models import Strategy
    from tests.world import world
    from tests.writing import press_publish

    cast, browser = world(), Client(headers={"host": "127.0.0.1"})
    browser.force_login(cast.officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    with acting(cast.southwark.pk):
        strategy = Strategy.objects.get().pk
    added = browser.post(
        reverse("strategies:new_issue", args=["southwark", strategy]), {"title": "Noise", "body": "Less."}
    )
    began = time.monotonic()
    answer = press_publish(browser, reverse("strategies:publication", args=["southwark", strategy]))
    seconds = time.monotonic() - began
    confirmation = browser.get(answer.get("Location", "/"))
    statuses = [added.status_code, answer.status_code, confirmation.status_code]
    return {"statuses": statuses, "seconds": seconds}


def recommended() -> dict[str, Any]:
    """Southwark's self-assessment, submitted, taken by the reviewer, who has recommended an outcome."""
    from partnerships.tenancy.context import acting
    from reviews import actions
    from tests import assessing
    from tests.world import world

    cast = world()
    assessment = assessing.submitted(cast)
    case = assessing.claimed(cast, assessment)
    with acting(cast.southwark.pk, by=cast.reviewer.pk):
        actions.recommend(
            case=case,
            outcome="green",
            reasons="It works.",
            concerns="",
            conditions=[],
            next_review_on=None,
            submission=1,
            by=cast.access("reviewer"),
        )
    return {"assessment": assessment.pk, "case": case.pk}


def sweep() -> dict[str, Any]:
    """What beat does every few seconds."""
    from jobs.actions import sweep

    return {"rung": [job.pk for job in sweep()]}


DEEDS = {deed.__name__: deed for deed in (build, publish, publish_as_in_a_browser, recommended, sweep)}

if __name__ == "__main__":
    django.setup()
    print(json.dumps(DEEDS[sys.argv[1]](*sys.argv[2:])))
