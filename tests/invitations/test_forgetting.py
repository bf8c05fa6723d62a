"""What an invitation says of a person is emptied 90 days after it has stopped to matter."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import Person
from invitations import tasks
from partnerships.tenancy.context import acting
from tests.conftest import as_owner
from tests.invitations.conftest import NEW, accept, link

LONG_AGO = datetime.timedelta(days=91)


def ago(days):
    return timezone.now() - datetime.timedelta(days=days)


@pytest.mark.parametrize("name", ["revoked_at", "expires_at"])
def test_name_and_address_go_after_ninety_days_and_not_before(invite, change, row, name):
    invitation = invite()
    change(invitation, **{name: ago(89)})
    tasks.forget_everywhere()
    assert (row(invitation).name, row(invitation).email) == ("Dana Dee", NEW)
    change(invitation, **{name: ago(91)})
    tasks.forget_everywhere()
    assert (row(invitation).name, row(invitation).email) == ("", "")


def test_an_open_one_is_kept_however_old(invite, change, row):
    invitation = invite()
    change(invitation, invited_at=ago(400))
    tasks.forget_everywhere()
    assert row(invitation).email == NEW


def test_who_accepted_is_known_still(invite, change, row):
    invitation = invite()
    accept(link())
    change(invitation, accepted_at=ago(91))
    tasks.forget_everywhere()
    assert row(invitation).email == ""
    assert row(invitation).accepted_by == Person.objects.get(email=NEW)


def test_what_nobody_answered_is_closed_and_the_address_is_free(invite, change, log, sign_in):
    invitation = invite()
    change(invitation, expires_at=ago(91))
    tasks.forget_everywhere()
    deed = log()[-1]
    assert (deed.verb, deed.who, deed.subject_id) == ("invitations.lapsed", "Invitations", invitation.pk)
    page = sign_in("officer").get("/p/southwark/manage/invitations/?state=expired").text
    assert "somebody, no longer named" in page
    assert invite().email == NEW


def test_a_second_run_changes_nothing(invite, change, log):
    change(invite(), expires_at=ago(91))
    tasks.forget_everywhere()
    before = log()
    tasks.forget_everywhere()
    assert log() == before


def test_it_reaches_every_partnership_also_one_that_has_ended(world, invite, change, row):
    invitation = invite()
    change(invitation, expires_at=ago(91))
    with as_owner():
        world.southwark.ended_on = datetime.date(2006, 1, 1)
        world.southwark.save(update_fields=["ended_on"])
    tasks.forget_everywhere()
    with acting(world.southwark.pk, even_if_over=True):
        invitation.refresh_from_db()
    assert invitation.email == ""
