"""A move is checked against the permission first and the state second, and a page offers what the check allows."""

from enum import Enum

import pytest
from django.db import models

from core.refusals import NotPermitted, WrongState
from core.workflow import STAYS, Move, Workflow


class Perm(Enum):
    WRITE = "write"
    DECIDE = "decide"


class State(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "With the Government Office"
    DECIDED = "decided", "Decided"


class Row:
    partnership = "southwark"

    def __init__(self, state):
        self.state = state


class Access:
    def __init__(self, *permissions, partnership="southwark"):
        self.permissions, self.partnership = permissions, partnership

    def can(self, permission, partnership):
        return permission in self.permissions and partnership == self.partnership


FLOW = Workflow(
    Move("submit", {State.DRAFT}, State.SUBMITTED, Perm.WRITE, "Submit", who="An officer"),
    Move("decide", {State.SUBMITTED}, State.DECIDED, Perm.DECIDE, "Decide"),
    Move("withdraw", {State.SUBMITTED, State.DECIDED}, State.DRAFT, Perm.WRITE, "Withdraw"),
)


def test_a_move_that_is_allowed_and_possible_is_given_back():
    assert FLOW.check("submit", Row("draft"), Access(Perm.WRITE)).to_state == State.SUBMITTED


def test_without_the_permission_the_state_does_not_show():
    for state in State.values:
        with pytest.raises(NotPermitted) as refusal:
            FLOW.check("submit", Row(state), Access(Perm.DECIDE))
        assert str(refusal.value) == "You cannot do this: Submit. An officer can."


def test_a_permission_elsewhere_is_none_here():
    with pytest.raises(NotPermitted):
        FLOW.check("submit", Row("draft"), Access(Perm.WRITE, partnership="hackney"))


def test_a_move_from_another_state_is_refused_in_words():
    with pytest.raises(WrongState) as refusal:
        FLOW.check("submit", Row("submitted"), Access(Perm.WRITE))
    assert "“With the Government Office”" in str(refusal.value)


def test_an_unknown_move_is_a_mistake_of_the_programmer():
    with pytest.raises(KeyError):
        FLOW.check("publish", Row("draft"), Access(Perm.WRITE))


def test_two_moves_of_one_name_are_refused():
    with pytest.raises(ValueError, match="same name"):
        Workflow(*[Move("submit", {State.DRAFT}, State.SUBMITTED, Perm.WRITE, "Submit")] * 2)


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("permissions", [(), (Perm.WRITE,), (Perm.DECIDE,), (Perm.WRITE, Perm.DECIDE)])
def test_what_is_offered_is_exactly_what_the_check_allows(state, permissions):
    row, access = Row(state), Access(*permissions)
    offered = {offer.move.name for offer in FLOW.available(row, access) if offer.allowed}
    allowed = set()
    for move in FLOW:
        try:
            FLOW.check(move.name, row, access)
        except (NotPermitted, WrongState):
            continue
        allowed.add(move.name)
    assert offered == allowed


def test_a_move_that_others_may_make_is_offered_as_theirs():
    offers = FLOW.available(Row("submitted"), Access(Perm.WRITE))
    assert [(offer.move.name, offer.allowed) for offer in offers] == [("decide", False), ("withdraw", True)]


def test_a_move_that_stays_names_no_state_of_its_own():
    flow = Workflow(Move("write", {State.DRAFT}, STAYS, Perm.WRITE, "Write"))
    assert flow.check("write", Row("draft"), Access(Perm.WRITE)).to_state == STAYS
    assert flow.state_label("draft") == "Draft"
    assert flow.state_label("") == ""
