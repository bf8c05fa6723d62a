"""Saving the parts of a strategy, each by itself."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from core.refusals import NotPermitted
from partnerships.models import Deed, Organisation
from partnerships.tenancy.context import acting
from strategies import actions
from strategies.models import Action, ActionPartner, Issue, Objective, Strategy
from tests.strategies.conftest import boxes
from themes.models import Theme

DETAILS = {
    "title": "Homes for all",
    "subtitle": "2007 to 2017",
    **boxes("period_from", datetime.date(2007, 4, 1)),
    **boxes("period_until", datetime.date(2017, 3, 31)),
}
TITLED = {"title": "Street robbery", "body": "It must **fall**."}


def action_form(**changes):
    """What the form of an action sends."""
    lead = Organisation.objects.get(name="Southwark Council for Voluntary Service")
    days = {
        **boxes("starts_on", datetime.date(2006, 9, 1)),
        **boxes("ends_on", datetime.date(2009, 3, 31)),
    }
    return {"title": "Wardens on 12 estates", "lead": lead.pk, "partners": [], **days, "measure": "Patrols", **changes}


def forms(world):
    """Part → what its form sends, and what its row holds afterwards."""
    theme = Theme.objects.get(code="environment")
    return {
        "details": (DETAILS, {"title": "Homes for all", "period_from": datetime.date(2007, 4, 1)}),
        "text": ({"body": "A new vision."}, {"body": "A new vision."}),
        "issue": (TITLED, TITLED),
        "priority": ({**TITLED, "theme": theme.pk}, {**TITLED, "theme": theme}),
        "objective": (TITLED, TITLED),
        "action": (action_form(), {"title": "Wardens on 12 estates", "ends_on": datetime.date(2009, 3, 31)}),
    }


PARTS = ["details", "text", "issue", "priority", "objective", "action"]
ROWS = {"details": "strategy", "text": "vision"}


def row_of(written, part):
    """The part's row as it is stored now, and its page."""
    row = getattr(written, ROWS.get(part, part))
    return type(row).objects.get(pk=row.pk), page_of(written, part)


def page_of(written, part):
    """The page on which a part is saved; the text is the vision."""
    return written.page(part, **({"kind": "vision"} if part == "text" else {}))


@pytest.mark.parametrize("part", PARTS)
def test_the_officer_saves_a_part(world, written, sign_in, deeds, part):
    sent, stored = forms(world)[part]
    with acting(world.southwark.pk):
        before, url = row_of(written, part)
    response = sign_in("officer").post(url, {**sent, "version": before.version})
    assert response.status_code == 302
    with acting(world.southwark.pk):
        after, _url = row_of(written, part)
        deed = Deed.objects.latest("number")
    assert {name: getattr(after, name) for name in stored} == stored
    assert after.version == before.version + 1
    assert (deed.verb, deed.who, deed.subject_id) == (f"strategies.{part}_saved", "Officer", after.pk)
    name = "body" if part == "text" else "title"
    assert deed.changes[name] == [getattr(before, name), getattr(after, name)]


@pytest.mark.parametrize("part", PARTS)
def test_saving_twice_the_same_changes_nothing(world, written, sign_in, deeds, part):
    sent, _stored = forms(world)[part]
    officer = sign_in("officer")
    with acting(world.southwark.pk):
        before, url = row_of(written, part)
    officer.post(url, {**sent, "version": before.version})
    log = deeds()
    officer.post(url, {**sent, "version": before.version + 1})
    with acting(world.southwark.pk):
        assert row_of(written, part)[0].version == before.version + 1
    assert deeds() == log


@pytest.mark.parametrize("part", PARTS)
def test_the_form_stands_filled_in(world, written, sign_in, part):
    with acting(world.southwark.pk):
        row, url = row_of(written, part)
    response = sign_in("officer").get(url)
    shown = row.body if part == "text" else row.title
    assert response.status_code == 200
    assert shown in response.content.decode()
    assert f'name="version" value="{row.version}"' in response.content.decode()


@pytest.mark.parametrize("part", PARTS)
def test_nobody_else_can_save_it(world, written, closed_to_others, part):
    sent, _stored = forms(world)[part]
    with acting(world.southwark.pk):
        before, url = row_of(written, part)
    closed_to_others(url, {**sent, "version": before.version})
    with acting(world.southwark.pk):
        assert row_of(written, part)[0].version == before.version


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_not_reached_through_another_strategy_or_partnership(world, written, sign_in, part):
    url = page_of(written, part)
    other = url.replace(f"/{written.strategy.pk}/", f"/{written.strategy.pk + 1}/", 1)
    assert sign_in("officer").get(other).status_code == 404
    assert sign_in("hackney_officer").get(url.replace("southwark", "hackney")).status_code == 404


def test_a_text_of_no_known_kind_does_not_exist(written, sign_in):
    assert sign_in("officer").get(written.page("text", kind="epilogue")).status_code == 404


def test_the_period_of_another_strategy_cannot_be_taken(world, written, sign_in):
    officer = world.access("officer")
    with acting(world.southwark.pk):
        actions.start(
            partnership=world.southwark,
            title="Next",
            subtitle="2016 to 2026",
            period_from=datetime.date(2016, 4, 1),
            period_until=datetime.date(2026, 3, 31),
            by=officer,
        )
    taken = {
        **DETAILS,
        **boxes("period_from", datetime.date(2016, 4, 1)),
        **boxes("period_until", datetime.date(2026, 3, 31)),
    }
    response = sign_in("officer").post(written.page("details"), {**taken, "version": 1})
    assert "There is a strategy for this period already" in response.content.decode()
    with acting(world.southwark.pk):
        assert Strategy.objects.get(pk=written.strategy.pk).title == "A place to stay"


def test_an_action_gets_other_partners_and_the_log_names_them(world, written, sign_in):
    council = Organisation.objects.get(name="Southwark Council")
    sent = action_form(partners=[council.pk], version=1)
    sign_in("officer").post(written.page("action"), sent)
    with acting(world.southwark.pk):
        helpers = list(ActionPartner.objects.values_list("organisation__name", flat=True))
        changes = Deed.objects.latest("number").changes
    assert helpers == ["Southwark Council"]
    assert changes["partners"] == ["Southwark Council for Voluntary Service", "Southwark Council"]
    assert changes["lead"] == ["Southwark Council", "Southwark Council for Voluntary Service"]


def test_partners_alone_are_a_change_too(world, written):
    action, officer = written.action, world.access("officer")
    names = ("title", "lead", "starts_on", "ends_on", "measure")
    values = {name: getattr(action, name) for name in names}
    with acting(world.southwark.pk, by=world.officer.pk):
        saved = actions.save_action(action=action, **values, partners=[], version=1, by=officer)
        assert saved.version == 2
        assert not ActionPartner.objects.exists()
        again = actions.save_action(action=action, **values, partners=[], version=2, by=officer)
        assert again.version == 2


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Enter what will be done"),
        ({"lead": ""}, "Choose lead organisation"),
        ({"ends_on_2": "2005"}, "The end must not be before the start"),
        ({"starts_on_0": "", "starts_on_1": ""}, "Starts must include a day and a month"),
        ({"measure": "x" * 301}, "must be 300 characters or fewer"),
    ],
)
def test_what_is_typed_wrongly_into_an_action_is_said_and_kept(world, written, sign_in, changes, message):
    sent = action_form(version=1) | changes
    page = sign_in("officer").post(written.page("action"), sent).content.decode()
    assert message in page
    with acting(world.southwark.pk):
        assert Action.objects.get().version == 1
    if sent["title"]:
        assert sent["title"] in page


def test_the_lead_cannot_be_its_own_partner(world, written, sign_in):
    lead = Organisation.objects.get(name="Southwark Council")
    page = sign_in("officer").post(written.page("action"), action_form(lead=lead.pk, partners=[lead.pk], version=1))
    assert "Southwark Council leads already" in page.content.decode()


def test_only_members_can_lead(world, written, sign_in):
    stranger = Organisation.objects.get(name="Hackney Council")
    page = sign_in("officer").post(written.page("action"), action_form(lead=stranger.pk, version=1))
    assert "Select a valid choice" in page.content.decode()


def test_the_actions_themselves_refuse_a_member(world, written):
    rep = world.access("rep")
    with acting(world.southwark.pk):
        with pytest.raises(NotPermitted):
            actions.save_text(text=written.vision, body="Mine", version=2, by=rep)
        with pytest.raises(NotPermitted):
            actions.save_details(
                strategy=written.strategy,
                title="Mine",
                subtitle="",
                period_from=written.strategy.period_from,
                period_until=written.strategy.period_until,
                version=1,
                by=rep,
            )


def test_postgresql_refuses_half_written_parts(world, written):
    half = [
        lambda: Issue.objects.create(partnership=world.southwark, title="No strategy", order=1),
        lambda: Objective.objects.filter(pk=written.objective.pk).update(title=None),
        lambda: Action.objects.filter(pk=written.action.pk).update(ends_on=datetime.date(2001, 1, 1)),
        lambda: Action.objects.filter(pk=written.action.pk).update(lead=None),
        lambda: ActionPartner.objects.create(
            partnership=world.southwark,
            action=written.action,
            organisation=Organisation.objects.get(name="Southwark Council for Voluntary Service"),
        ),
    ]
    with acting(world.southwark.pk):
        for write in half:
            with pytest.raises(IntegrityError), transaction.atomic():
                write()
