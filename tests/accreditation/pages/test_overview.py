"""Where a partnership is in accreditation: open rounds, decisions and their papers, an empty table."""

from pathlib import Path

from django.core.files.storage import storages

from accreditation import queries
from accreditation.models import Round, SelfAssessment
from documents.storage import keep
from partnerships.tenancy.context import acting
from reviews.models import CaseFile
from tests import assessing
from tests.accreditation.pages.conftest import case_page, page, tenants

OVERVIEW = "/p/southwark/manage/accreditation/"


def test_a_partnership_without_a_round_is_told_what_will_be_here(officer):
    assert "No round has been opened yet" in officer.get(OVERVIEW).content.decode()


def test_the_officer_begins_what_nobody_has_announced_yet(world, officer, sign_in):
    round = assessing.a_round()
    assert "The co-ordinating officer begins" in sign_in("rep").get(OVERVIEW).content.decode()
    assert "Begin the self-assessment" in officer.get(OVERVIEW).content.decode()
    response = officer.post(f"{OVERVIEW}rounds/{round.pk}/new/", follow=True)
    with tenants(assessing.started(world)):
        made = SelfAssessment.objects.get()
    assert response.request["PATH_INFO"] == page(made)


def test_a_round_that_is_over_is_not_begun(officer):
    round = assessing.a_round(closes_in=-1)
    assert officer.post(f"{OVERVIEW}rounds/{round.pk}/new/").status_code == 404


def test_both_decisions_of_a_deferral_are_shown_with_their_papers(world, officer):
    assessment = assessing.deferred(world)
    assessing.signed(world, assessment)
    assessing.submit(world, assessment)
    assessing.decide(world, assessment, "green")
    text = officer.get(OVERVIEW).content.decode()
    assert text.index("Green") < text.index("Amber/Red")
    assert text.count("The letter is being made") == 2
    assert text.count("The certificate is being made") == 1


def test_a_letter_is_handed_out_once_it_is_made(world, officer):
    assessment = assessing.decided(world)
    address = case_page(assessment, "file", "letter", 1)
    waiting = officer.get(address)
    assert (waiting.status_code, waiting["Refresh"]) == (503, "10")
    stored = keep("cases/letter.pdf", b"%PDF-1.7")
    with tenants(assessment):
        file = {"key": stored.key, "name": "letter.pdf", "size": stored.size, "sha256": stored.sha256, "pages": 2}
        case = queries.case_of(assessment)
        CaseFile.objects.create(partnership=world.southwark, case=case, kind="letter", number=1, **file)
    response = officer.get(address)
    assert response.getvalue() == b"%PDF-1.7"
    assert response["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert "PDF, 2 pages" in officer.get(OVERVIEW).content.decode()
    Path(storages["private"].path(stored.key)).unlink()
    assert officer.get(address).status_code == 404


def test_a_paper_of_nothing_does_not_exist(world, officer):
    assessment = assessing.deferred(world)
    for kind, number in (("letter", 2), ("certificate", 1), ("nonsense", 1)):
        assert officer.get(case_page(assessment, "file", kind, number)).status_code == 404


def test_questions_to_the_database_do_not_grow_with_the_rounds(world, officer, django_assert_max_num_queries):
    def begin(names):
        scheme = assessing.a_round().scheme
        for name in names:
            round = Round.objects.create(scheme=scheme, name=name, opens_on="2006-01-01", closes_on="2006-02-01")
            assessing.started(world, round)

    def questions():
        with django_assert_max_num_queries(1000) as asked:
            assert officer.get(OVERVIEW).status_code == 200
        return len(asked)

    begin(["1"])
    questions()  # what is asked once for a session
    few = questions()
    begin(map(str, range(2, 26)))
    assert questions() == few


def test_another_partnerships_papers_do_not_exist_here(world, sign_in):
    assessment = assessing.decided(world)
    address = case_page(assessment, "file", "letter", 1).replace("/southwark/", "/hackney/")
    assert sign_in("hackney_officer").get(address).status_code == 404
    with acting(world.southwark.pk):
        assert CaseFile.objects.count() == 0
