"""The log of the dialogue: what was recorded stays, and what is confidential stays in the Government Office."""

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from core.refusals import Incomplete
from partnerships.models import Deed
from reviews import actions, queries
from reviews.models import DialogueEntry
from tests.reviewing import days

SECRET = "The treasurer left in anger"


def log(office, case, **values):
    entry = {
        "on": days(-2),
        "way": "telephone",
        "with_whom": "Ayesha Khan",
        "role": "Director of the CVS",
        "words": "Papers come too late.",
        "confidential": False,
        "by": office.by("reviewer"),
    }
    return actions.log_dialogue(case=case, **{**entry, **values})


def test_a_conversation_is_recorded(office, deeds):
    case = office.made("claimed")
    entry = log(office, case)
    assert (entry.recorded_by, entry.get_way_display()) == (office.world.reviewer, "Telephone")
    assert deeds()[-1] == "dialogue_logged"
    assert list(queries.dialogue_of(case, office.by("reviewer"))) == [entry]


def test_the_log_of_the_partnership_says_nothing_of_what_was_said(office):
    log(office, office.made("claimed"), words=SECRET, with_whom="Sanjay Patel", confidential=True)
    deed = Deed.objects.latest("number")
    assert (deed.subject_label, deed.changes, deed.reason) == ("Paper 2005–06", {}, "")


def test_what_is_confidential_is_for_the_office_and_the_country_alone(office):
    case = office.made("claimed")
    kept, told = log(office, case, confidential=True), log(office, case)
    for name in ("reviewer", "colleague", "manager", "national", "national_team"):
        assert list(queries.dialogue_of(case, office.by(name))) == [told, kept], name
    for name in ("chair", "officer", "rep", "other_reviewer", "stranger"):
        assert list(queries.dialogue_of(case, office.by(name))) == [told], name


def test_a_correction_is_an_entry_of_its_own(office):
    case = office.made("claimed")
    first = log(office, case)
    second = log(office, case, words="Papers come a week before.", corrects=first)
    assert list(first.corrections.all()) == [second]
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        DialogueEntry.objects.update(words="Never said.")
    with pytest.raises(ValueError, match="same case"):
        log(office, office.claim(office.submit(2)), corrects=first)


@pytest.mark.parametrize(
    ("values", "anchor"),
    [
        ({"with_whom": " "}, "id_with_whom"),
        ({"role": ""}, "id_role"),
        ({"words": ""}, "id_words"),
        ({"on": days(1)}, "id_on"),
        ({"way": "carrier pigeon"}, "id_way"),
    ],
)
def test_what_is_missing_or_wrong_is_said(office, values, anchor):
    case = office.made("claimed")
    with pytest.raises(Incomplete) as refused:
        log(office, case, **values)
    assert [gap.anchor for gap in refused.value.gaps] == [anchor]


def test_the_latest_comes_first(office):
    case = office.made("claimed")
    early, late = log(office, case, on=days(-9)), log(office, case, on=days(-1))
    assert list(queries.dialogue_of(case, office.by("reviewer"))) == [late, early]
