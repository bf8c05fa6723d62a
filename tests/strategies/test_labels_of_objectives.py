"""The objectives of a priority are quoted by letters, each by its own, however many there are."""

import re

from partnerships.tenancy.context import acting
from strategies import actions


def test_the_twenty_seventh_objective_is_not_called_as_the_first(written, world, sign_in):
    with acting(world.southwark.pk, by=world.officer.pk):
        for number in range(2, 29):
            actions.add_objective(
                priority=written.priority, title=f"Objective {number}", body="Text", by=world.access("officer")
            )
    page = sign_in("officer").get(written.page("preview")).content.decode()
    labels = re.findall(r"Objective \d([A-Z]+)<", page)
    assert labels[:2] + labels[-4:] == ["A", "B", "Y", "Z", "AA", "AB"]
    assert len(set(labels)) == len(labels) == 28
