"""Showing the review to the partnership, or no longer."""

from reviews import actions


def test_it_is_shown_and_hidden_again(office, deeds):
    case, by = office.made("claimed"), office.by("reviewer")
    assert actions.share(case=case, shared=True, by=by).shared_at is not None
    shown = actions.share(case=case, shared=True, by=by).shared_at
    assert shown is not None
    assert actions.share(case=case, shared=False, by=by).shared_at is None
    assert actions.share(case=case, shared=False, by=by).shared_at is None
    assert deeds()[2:] == ["shared", "hidden"]
