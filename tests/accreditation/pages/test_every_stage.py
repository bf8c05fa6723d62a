"""Every page of a self-assessment opens at every stage, for everybody who may open it."""

import pytest

from accreditation import queries
from tests import assessing
from tests.accreditation.pages.conftest import CODE, case_page, page, tenants

STAGES = {
    "started": assessing.started,
    "written": assessing.written,
    "ready": assessing.ready,
    "submitted": assessing.submitted,
    "sent back": assessing.sent_back,
    "deferred": assessing.deferred,
    "decided": assessing.decided,
}
EVERYBODY = ["officer", "chair", "rep", "finance"]
OWN = {
    "assessment": (EVERYBODY, []),
    "check": (EVERYBODY, []),
    "plan": (EVERYBODY, []),
    "criterion": (["officer"], [CODE]),
    "evidence": (["officer"], [CODE]),
    "changes": (["officer"], []),
    "new_action": (["officer"], []),
    "score": (["chair", "rep"], [CODE]),
    "sign_off": (["chair", "rep"], []),
    "submission": (["chair"], []),
}
OF_A_CASE = {
    "submitted": (EVERYBODY, [1]),
    "receipt": (EVERYBODY, [1]),
    "review": (EVERYBODY, []),
    "withdrawal": (["chair"], []),
    "appeal": (["chair"], []),
}


@pytest.mark.parametrize("stage", STAGES)
def test_pages_open(world, certain, stage):
    assessment = STAGES[stage](world)
    with tenants(assessment):
        has_case = queries.case_of(assessment) is not None
    addresses = [(people, page(assessment, name, *more)) for name, (people, more) in OWN.items()]
    if has_case:
        addresses += [(people, case_page(assessment, name, *more)) for name, (people, more) in OF_A_CASE.items()]
    for people, address in addresses:
        for name in people:
            assert certain(name).get(address).status_code == 200, (name, address)
    for name in EVERYBODY:
        assert certain(name).get("/p/southwark/manage/accreditation/").status_code == 200


@pytest.mark.parametrize("stage", ["written", "submitted", "decided"])
def test_pages_of_an_action_open(world, officer, stage):
    assessment = STAGES[stage](world)
    with tenants(assessment):
        action = queries.actions_of(assessment)[0]
        evidence = queries.evidence_of(assessment)[0]
    for name in ("action", "action_removal", "progress"):
        assert officer.get(page(assessment, name, action.pk)).status_code == 200
    assert officer.get(page(assessment, "evidence_removal", evidence.pk)).status_code == 200
