"""A refusal says what happened and what to do about it."""

import datetime

import pytest
from django.urls import path

from core.refusals import Conflict, Gap, Incomplete, NotPermitted, Refusal, WrongState

urlpatterns = [path("p/<slug:slug>/vision/", lambda request, slug: None, name="vision")]


@pytest.mark.urls("tests.core.test_refusals")
def test_a_gap_leads_to_its_input():
    assert Gap("Write a vision", "vision", {"slug": "southwark"}, "id_text").url == "/p/southwark/vision/#id_text"
    assert Gap("Write a vision", anchor="id_text").url == "#id_text"
    assert Gap("Write a vision").url == ""


def test_incomplete_counts_its_gaps():
    assert str(Incomplete([Gap("a")])) == "There is 1 thing to put right"
    assert str(Incomplete(Gap(word) for word in "ab")) == "There are 2 things to put right"
    with pytest.raises(ValueError, match="at least one"):
        Incomplete([])


def test_a_conflict_keeps_both_texts_and_says_whose_was_first():
    at = datetime.datetime(2006, 1, 12, 14, 2, tzinfo=datetime.UTC)
    conflict = Conflict("mine", "theirs", "Chair, Southwark", at)
    assert (conflict.mine, conflict.theirs) == ("mine", "theirs")
    assert str(conflict).startswith("Chair, Southwark saved this part on 12 January 2006, 2:02pm")


@pytest.mark.parametrize("refusal", [Refusal(), NotPermitted(), WrongState(), NotPermitted("Publish")])
def test_every_refusal_has_a_sentence(refusal):
    assert str(refusal).endswith(".")
    assert 400 <= refusal.status < 500
