"""What must be put right before a self-assessment is submitted: every gap is named, with the input for it."""

import pytest
from django.utils import timezone

from accreditation import queries
from accreditation.models import CriterionAnswer, Evidence, PlannedAction, Rating, Score, SelfAssessment
from documents.models import Upload
from tests import assessing


def answer(code="efficient", **values):
    """Change what is stored of one answer."""
    CriterionAnswer.objects.filter(criterion__code=code).update(**values)


def action(**values):
    """Change what is stored of the one action."""
    PlannedAction.objects.update(**values)


def file(state):
    """Add a file in this state to the first criterion."""
    row = SelfAssessment.objects.get()
    checked = None if state == "checking" else timezone.now()
    upload = Upload.objects.create(
        partnership_id=row.partnership_id,
        key=f"evidence/{state}",
        name="minutes.pdf",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        state=state,
        checked_at=checked,
    )
    first = CriterionAnswer.objects.get(criterion__code="strategic").criterion
    Evidence.objects.create(
        partnership_id=row.partnership_id, assessment=row, criterion=first, title="Minutes", upload=upload
    )


def agree(code):
    """All partners score every criterion like this."""
    Score.objects.update(rating=Rating.objects.get(scheme__code="2005-06", code=code))


# How to make a gap; what it says; where it leads.
HOLES = {
    "not rated": (lambda: answer(rating=None), "5. Efficient has no agreed rating", "criterion", "id_rating_0"),
    "no narrative": (
        lambda: answer(narrative=" \n"),
        "5. Efficient has no narrative",
        "criterion",
        "id_narrative",
    ),
    "no starting point": (
        lambda: answer(starting_point=""),
        "5. Efficient does not say what the local conditions and the starting point are",
        "criterion",
        "id_starting_point",
    ),
    "scores differ": (
        lambda: answer(agreed_because=""),
        "5. Efficient does not say why this rating was agreed, though partners’ scores differ",
        "criterion",
        "id_agreed_because",
    ),
    "agreed on something else": (
        lambda: [agree("strong"), answer(agreed_because="")],
        "5. Efficient does not say why this rating was agreed, though partners’ scores differ",
        "criterion",
        "id_agreed_because",
    ),
    "being checked": (
        lambda: file("checking"),
        "The file “Minutes” is still being checked",
        "criterion",
        "evidence-",
    ),
    "refused": (
        lambda: file("refused"),
        "The file “Minutes” was refused. Take it out, or add another",
        "criterion",
        "evidence-",
    ),
    "no action": (
        lambda: action(removed_at=timezone.now()),
        "The action plan has no action",
        "new_action",
        "id_title",
    ),
    "no lead": (
        lambda: action(lead=None),
        "The action “One set of measures for all partners” has no lead organisation",
        "action",
        "id_lead",
    ),
    "no beginning": (
        lambda: action(starts_on=None),
        "The action “One set of measures for all partners” does not say when it starts",
        "action",
        "id_starts_on_0",
    ),
    "no end": (
        lambda: action(ends_on=None),
        "The action “One set of measures for all partners” does not say when it ends",
        "action",
        "id_ends_on_0",
    ),
    "no measure": (
        lambda: action(measure=" "),
        "The action “One set of measures for all partners” does not say how it is measured",
        "action",
        "id_measure",
    ),
}
UNSIGNED = "2 members sign off what is written now before it is submitted; 0 have"


def said(assessment):
    """What is missing, in words."""
    return [str(gap.message) for gap in queries.gaps(assessment)]


def test_a_complete_one_has_none(ready, as_):
    with as_("officer"):
        assert queries.gaps(ready) == []


@pytest.mark.parametrize("hole", HOLES)
def test_every_gap_is_named_and_leads_to_an_input(ready, as_, hole):
    make, message, page, anchor = HOLES[hole]
    with as_("officer"):
        make()
        first, *rest = queries.gaps(ready)
    assert str(first.message) == message
    assert (first.url_name, first.kwargs["slug"], first.kwargs["pk"]) == (
        f"accreditation:{page}",
        "southwark",
        ready.pk,
    )
    assert first.anchor.startswith(anchor)
    assert all("file" in message or "agreed" in message or str(gap.message) == UNSIGNED for gap in rest)


OTHERS = {
    "not signed": lambda: answer(narrative="Otherwise"),
    "nothing changed": lambda: SelfAssessment.objects.update(streamlined=True),
}


@pytest.mark.parametrize("hole", [*HOLES, *OTHERS])
def test_the_input_of_every_gap_is_there(ready, as_, sign_in, hole):
    make = HOLES[hole][0] if hole in HOLES else OTHERS[hole]
    with as_("officer"):
        make()
        found = queries.gaps(assessing.fresh(ready))
    assert found
    officer = sign_in("officer")
    for gap in found:
        page, _sign, anchor = gap.url.partition("#")
        answered = officer.get(page)
        assert answered.status_code == 200
        assert f'id="{anchor}"' in answered.content.decode(), gap.url


def test_where_all_think_the_same_and_agreed_on_it_no_reason_is_needed(world, draft, as_):
    assessing.scored(world, draft, {"rep": "adequate", "cvs": "adequate"})
    with as_("officer"):
        CriterionAnswer.objects.update(agreed_because="")
        assert said(draft) == [UNSIGNED]


def test_everything_is_listed_at_once(world, as_):
    draft = assessing.started(world)
    with as_("officer"):
        found = said(draft)
    assert len(found) == 6 * 3 + 2
    assert found[-2:] == ["The action plan has no action", UNSIGNED]


def test_on_the_streamlined_path_narratives_and_plan_may_be_empty(world, as_):
    draft = assessing.started(world)
    with as_("officer"):
        SelfAssessment.objects.update(streamlined=True)
        found = said(assessing.fresh(draft))
    assert found[0] == "What has changed since the last round is empty"
    assert not any("narrative" in message or "plan" in message for message in found)
    assert len(found) == 1 + 6 * 2 + 1


def test_only_what_may_be_written_has_gaps_when_it_is_sent_back(world, as_):
    assessment = assessing.sent_back(world, ["performance-managed"])
    with as_("officer"):
        answer("efficient", narrative="")
        answer("performance-managed", narrative="")
        assert said(assessment) == ["4. Performance managed has no narrative"]
