"""When the Government Office first opened a case: the partnership sees it."""

from reviews import actions


def test_the_first_look_of_a_reviewer_is_noted_once(office, deeds):
    case = office.submit()
    for name in ("chair", "national", "national_team", "other_reviewer", "stranger"):
        assert actions.see(case=case, by=office.by(name)).seen_at is None, name
    first = actions.see(case=case, by=office.by("colleague")).seen_at
    assert first is not None
    assert actions.see(case=case, by=office.by("reviewer")).seen_at == first  # with the row as it was before
    assert deeds() == ["submitted", "seen"]


def test_whoever_stood_aside_has_not_opened_it(office):
    case = office.submit()
    actions.recuse(case=case, reason="I know them.", by=office.by("reviewer"))
    assert actions.see(case=case, by=office.by("reviewer")).seen_at is None


def test_another_look_costs_nothing(office, django_assert_num_queries):
    case = office.submit()
    seen, by = actions.see(case=case, by=office.by("reviewer")), office.by("reviewer")
    with django_assert_num_queries(0):
        actions.see(case=seen, by=by)
