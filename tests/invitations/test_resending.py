"""Another letter, letters to everybody, and taking an invitation back."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from core.dates import today
from core.refusals import Already, NotPermitted
from invitations import actions
from invitations.queries import open_until
from jobs.models import Job
from partnerships.permissions import Role
from partnerships.tenancy.context import acting
from tests.invitations.conftest import NEW, accept, link, post

LIST = "/p/southwark/manage/invitations/"


def resend(world, invitation, letters=1, by="officer"):
    with acting(world.southwark.pk, by=world.people[by].pk):
        return actions.resend(invitation=invitation, letters=letters, by=world.access(by))


def revoke(world, invitation, by="officer"):
    with acting(world.southwark.pk, by=world.people[by].pk):
        return actions.revoke(invitation=invitation, by=world.access(by))


def remind(world, by="officer"):
    with acting(world.southwark.pk, by=world.people[by].pk):
        return actions.remind(partnership=world.southwark, by=world.access(by))


# Another letter


def test_another_letter_opens_and_the_earlier_one_does_not(world, invite, row, log):
    invitation = invite()
    first = link()
    resend(world, invitation)
    assert (row(invitation).letters, row(invitation).sent_at) == (2, None)
    second = link()
    assert first != second
    earlier = Client().get(first)
    assert earlier.status_code == 410 and "There is a newer letter" in earlier.text
    assert accept(second).status_code == 302
    assert [deed.verb for deed in log()[-4:-2]] == ["invitations.invited", "invitations.resent"]


def test_it_opens_for_as_long_as_the_first_did_also_after_that_has_expired(world, invite, change, row):
    invitation = invite()
    change(invitation, expires_at=timezone.now() - datetime.timedelta(days=3))
    resend(world, invitation)
    assert row(invitation).expires_at == open_until()
    assert accept(link()).status_code == 302


def test_of_two_who_press_at_once_the_second_is_told(world, invite, log):
    invitation = invite()
    resend(world, invitation)
    before = log()
    with pytest.raises(Already, match="Somebody else has just asked for another letter"):
        resend(world, invitation)
    assert log() == before


def test_a_letter_that_has_not_gone_yet_goes_once_with_the_newest_link(world, invite):
    """Two jobs wait; the first writes the letter as it is now, the second finds it sent."""
    resend(world, invite())
    (letter,) = post()
    assert Client().get(link(letter)).status_code == 200


def test_the_button_sends_and_says_so(invite, sign_in):
    invitation, browser = invite(), sign_in("officer")
    for words in ("Another letter is on its way.", "Somebody else has just asked for another letter."):
        page = browser.post(f"{LIST}{invitation.pk}/letter/", {"letters": "1"}, follow=True)
        assert words in page.text
    assert "No letter" not in page.text
    assert len(post()) == 1


# To everybody


def test_everybody_who_has_not_answered_gets_a_letter_once_a_day(world, invite, change, log):
    late, fresh, over = invite(), invite(email="b@example.net"), invite(email="c@example.net")
    yesterday = open_until() - datetime.timedelta(days=1)
    change(late, expires_at=yesterday)
    change(over, expires_at=yesterday, revoked_at=timezone.now())
    post()
    assert [invitation.pk for invitation in remind(world)] == [late.pk]
    assert [letter.to for letter in post()] == [[NEW]]
    assert (log()[-1].verb, log()[-1].subject_id) == ("invitations.resent", late.pk)
    with pytest.raises(Already, match="has been sent a letter today"):
        remind(world)
    assert fresh.pk not in [deed.subject_id for deed in log() if deed.verb == "invitations.resent"]


def test_the_page_shows_to_whom_and_sends(invite, change, sign_in):
    browser = sign_in("officer")
    assert "Nobody needs a letter today" in browser.get(f"{LIST}reminders/").text
    change(invite(), expires_at=open_until() - datetime.timedelta(days=1))
    assert NEW in browser.get(f"{LIST}reminders/").text
    assert "1 person has not answered yet." in browser.get(LIST).text
    assert "1 letter is on its way." in browser.post(f"{LIST}reminders/", follow=True).text
    assert browser.post(f"{LIST}reminders/").status_code == 409


# Taking it back


def test_what_is_withdrawn_opens_nothing(world, invite, log, row):
    invitation = invite()
    address = link()
    revoke(world, invitation)
    assert row(invitation).revoked_at is not None
    assert log()[-1].verb == "invitations.revoked"
    assert accept(address).status_code == 410
    with pytest.raises(Already, match="This invitation was withdrawn on"):
        revoke(world, invitation)
    with pytest.raises(Already, match="This invitation was withdrawn on"):
        resend(world, invitation)
    assert invite().pk != invitation.pk  # the address can be invited anew


def test_a_letter_that_waits_is_not_sent_after_it_is_withdrawn(world, invite):
    revoke(world, invite())
    assert not post()


def test_what_is_accepted_is_neither_withdrawn_nor_sent_again(world, invite, log):
    invitation = invite()
    accept(link())
    before = log()
    for deed in (revoke, resend):
        with pytest.raises(Already, match="This invitation was accepted on"):
            deed(world, invitation)
    assert log() == before


def test_the_page_asks_before_it_withdraws(invite, sign_in, row):
    invitation, browser = invite(), sign_in("officer")
    assert "Withdraw the invitation to Dana Dee?" in browser.get(f"{LIST}{invitation.pk}/withdrawal/").text
    assert row(invitation).is_open
    page = browser.post(f"{LIST}{invitation.pk}/withdrawal/", follow=True)
    assert "The invitation is withdrawn." in page.text and "Withdrawn" in page.text
    for again in (browser.get, browser.post):
        assert again(f"{LIST}{invitation.pk}/withdrawal/").status_code == 409


@pytest.mark.parametrize("name", ["chair", "rep", "finance", "hackney_officer", "manager", "national", "stranger"])
def test_nobody_else_can_do_any_of_it(world, invite, name, log):
    invitation = invite()
    before = log()
    for deed in (lambda: resend(world, invitation, by=name), lambda: revoke(world, invitation, by=name)):
        with pytest.raises(NotPermitted, match="Co-ordinating officer can"):
            deed()
    with pytest.raises(NotPermitted):
        remind(world, by=name)
    assert log() == before


# The list


def test_the_list_finds_filters_sorts_and_exports(world, invite, change, sign_in):
    invite()
    accept(link())
    gone = invite(email="b@example.net", name="Bo", role=Role.CHAIR)
    change(gone, revoked_at=timezone.now())
    change(invite(email="c@example.net", name="Cy"), expires_at=timezone.now() - datetime.timedelta(days=1))
    invite(email="d@example.net", name="Di")
    browser = sign_in("officer")

    def shown(query):
        text = browser.get(f"{LIST}?{query}").text
        names = ("Dana Dee", "Bo", "Cy", "Di")
        return [name for name in names if f">{name}</a>" in text]

    assert shown("") == ["Dana Dee", "Bo", "Cy", "Di"]
    states = {"accepted": ["Dana Dee"], "revoked": ["Bo"], "expired": ["Cy"], "open": ["Di"]}
    assert {state: shown(f"state={state}") for state in states} == states
    assert shown("role=chair") == ["Bo"]
    assert shown("q=DANA") == ["Dana Dee"] and shown("q=c@exam") == ["Cy"]
    assert "No invitation fits the filter" in browser.get(f"{LIST}?q=Zed").text
    assert "Choose a state from the list" in browser.get(f"{LIST}?state=lost").text
    text = browser.get(f"{LIST}?sort=name").text
    assert text.index(">Bo<") < text.index(">Cy<") < text.index(">Di<")
    lines = browser.get(f"{LIST}?format=csv&state=accepted").text.splitlines()
    assert len(lines) == 2
    assert lines[1].startswith(f"Dana Dee,{NEW},Member representative,,Accepted,{today()}")


def test_it_asks_the_database_as_often_with_many_as_with_few(invite, sign_in, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = sign_in("officer")
    invite()
    browser.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get(LIST)
    for number in range(30):
        invite(email=f"{number}@example.net")
    with CaptureQueriesContext(connection) as many:
        browser.get(LIST)
    assert len(many) == len(few)
    assert len(few) < 25


def test_a_failed_letter_is_said(invite, sign_in):
    invitation = invite()
    Job.objects.update(state=Job.State.FAILED, finished_at=timezone.now(), attempts=5, error="SMTPRecipientsRefused")
    assert "The letter could not be sent." in sign_in("officer").get(f"{LIST}{invitation.pk}/").text
