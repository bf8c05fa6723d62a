"""Every page of a case opens in every state, for everybody of the office and of the whole country."""

import pytest

from reviews.models import Case
from tests.reviews.pages.conftest import page

READ = ("case", "evidence", "dialogue", "history")
DEEDS = {
    "claim": {"queued"},
    "assignment": {"queued", "claimed"},
    "release": {"claimed"},
    "recusal": {"queued", "claimed", "sent_back", "recommended"},
    "entry": {"claimed", "sent_back", "recommended"},
    "sharing": {"claimed", "sent_back", "recommended"},
    "request": {"claimed"},
    "recommendation": {"claimed", "recommended"},
    "return": {"recommended"},
    "decision": {"recommended"},
}
WHO = {"assignment": "manager", "return": "manager", "decision": "manager"}


@pytest.mark.parametrize("state", Case.State.values)
@pytest.mark.parametrize("who", ["reviewer", "colleague", "manager", "national", "national_team"])
def test_pages_to_be_read_open(made, sign_in, state, who):
    case = made(state)
    browser = sign_in(who)
    for name in READ:
        assert browser.get(page(case, name)).status_code == 200, name


@pytest.mark.parametrize("state", Case.State.values)
def test_a_deed_has_a_page_in_the_states_it_starts_from_and_says_why_not_in_others(made, certain, state):
    case = made(state)
    for name, states in DEEDS.items():
        who = WHO.get(name, "reviewer")
        response = certain(who).get(page(case, name))
        reviews_no_more = state in {"queued", "decided", "appealed", "withdrawn"}
        assert response.status_code == (200 if state in states else 409), (name, reviews_no_more)
