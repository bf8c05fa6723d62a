"""Judging a section: on the scale of the kind, with a comment, in the version that was read."""

import pytest
from django.db import IntegrityError, transaction

from core.refusals import Conflict, Incomplete
from partnerships.models import Deed
from reviews import actions, queries
from reviews.models import Judgement


def judge(office, case, judgement="weak", comment="No measure.", version=0, section="plan"):
    return actions.judge(
        case=case,
        section=section,
        judgement=judgement,
        comment=comment,
        version=version,
        by=office.by("reviewer"),
    )


def test_it_is_kept_by_section(office):
    case = office.made("claimed")
    first = judge(office, case)
    judge(office, case, "strong", "", section="strategic")
    assert (first.version, first.saved_by) == (1, office.world.reviewer)
    found = queries.judgements_of(case)
    assert {key: row.judgement for key, row in found.items()} == {"plan": "weak", "strategic": "strong"}


def test_it_can_be_changed_and_emptied(office):
    case = office.made("claimed")
    judge(office, case)
    assert judge(office, case, "strong", "After all.", 1).version == 2
    assert judge(office, case, "", "", 2).judgement == ""


def test_the_same_twice_changes_nothing(office, deeds):
    case = office.made("claimed")
    judge(office, case)
    assert judge(office, case).version == 1
    assert deeds().count("judged") == 1


def test_who_says_nothing_is_told_what_to_say(office):
    case = office.made("claimed")
    with pytest.raises(Incomplete) as refused:
        judge(office, case, "", " ")
    assert [gap.message for gap in refused.value.gaps] == ["Choose a judgement, or write a comment"]
    assert not Judgement.objects.exists()


def test_what_was_saved_in_another_tab_is_not_overwritten(office):
    case = office.made("claimed")
    judge(office, case)
    with pytest.raises(Conflict) as refused:
        judge(office, case, "strong", "Good.", 0)
    conflict = refused.value
    assert conflict.mine == {"judgement": "strong", "comment": "Good."}
    assert conflict.theirs == {"judgement": "weak", "comment": "No measure."}
    assert (conflict.by, conflict.version) == ("Reviewer", 1)


@pytest.mark.parametrize(
    ("values", "anchor"), [({"section": "unknown"}, "id_section"), ({"judgement": "superb"}, "id_judgement")]
)
def test_there_is_no_other_section_and_no_other_judgement(office, values, anchor):
    case = office.made("claimed")
    with pytest.raises(Incomplete) as refused:
        judge(office, case, **values)
    assert [gap.anchor for gap in refused.value.gaps] == [anchor]


def test_the_partnerships_log_says_that_and_not_what(office):
    judge(office, office.made("claimed"))
    deed = Deed.objects.latest("number")
    assert (deed.verb, deed.changes) == ("reviews.judged", {"section": [None, "plan"]})


def test_postgresql_refuses_two_judgements_of_a_section(office):
    row = judge(office, office.made("claimed"))
    row.pk = None
    with pytest.raises(IntegrityError, match="one_judgement_per_section"), transaction.atomic():
        row.save(force_insert=True)
