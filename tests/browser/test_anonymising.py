"""Somebody who has left is anonymised in a browser: password, preview, reason, done, and the log still holds."""

from __future__ import annotations

import io
import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from accounts.models import Person
from lsp.demonstration.cast import PASSWORD
from tests.browser.looking import faults
from tests.browser.stage import leave

pytestmark = pytest.mark.usefixtures("stage")


def test_somebody_who_has_left_is_anonymised(stage, visitor):
    former = leave(stage)
    officer = visitor("officer.southwark")
    officer.goto(f"/p/southwark/manage/people/{former.pk}/")
    officer.get_by_role("link", name="Anonymise this person").click()
    officer.get_by_label("Your password").fill(PASSWORD)
    officer.get_by_role("button", name="Go on").click()
    expect(officer.get_by_role("heading", level=1)).to_have_text("Anonymise Former, Of Southwark?")
    expect(officer.get_by_role("heading", name="What goes")).to_be_visible()
    officer.get_by_role("button", name="Anonymise this person").click()
    expect(officer.get_by_role("alert")).to_contain_text("Enter reason")
    officer.get_by_label("Reason").fill("Asked for it in writing")
    officer.get_by_label("I know that this cannot be undone").check()
    officer.get_by_role("button", name="Anonymise this person").click()
    expect(officer.get_by_role("heading", level=1)).to_have_text(f"Former member {former.pk}")
    assert faults(officer) == []
    officer.goto("/p/southwark/manage/activity/?q=anonymised")
    expect(officer.get_by_text(f"Former member {former.pk} was anonymised")).to_be_visible()
    officer.goto("/p/southwark/manage/people/")
    expect(officer.get_by_text("Former, Of Southwark")).to_have_count(0)
    assert not Person.objects.filter(name__contains="Of Southwark").exists()
    said = io.StringIO()
    call_command("verify_history", stdout=said)
    assert "The history is whole" in said.getvalue()


def test_somebody_who_has_left_removes_themselves(stage, visitor):
    leave(stage)
    former = visitor("former.member")
    former.goto("/accounts/")
    former.get_by_role("link", name="Show what is held about you").click()
    former.get_by_role("link", name="Remove my account").click()
    former.get_by_label("Your password").fill(PASSWORD)
    former.get_by_role("button", name="Go on").click()
    former.get_by_label("I know that this cannot be undone").check()
    former.get_by_role("button", name="Remove my account").click()
    expect(former.get_by_text("Your account is removed.")).to_be_visible()
    former.goto("/accounts/")
    expect(former).to_have_url(re.compile("/accounts/login/"))
