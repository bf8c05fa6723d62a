"""`manage.py found` and `manage.py appoint`: how the first partnership and the first people of a server get in."""

import io
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Person
from partnerships.models import Appointment, Authority, Deed, Organisation, Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting

NEW = "dana@derby.example"


def run(command, *arguments):
    """What the command says."""
    said = io.StringIO()
    call_command(command, *arguments, stdout=said)
    return said.getvalue()


def code(name):
    return Authority.objects.exclude(kind="county").get(name=name).code


def found(slug="derby", name="Derby City Partnership", area=None, *more):
    return run("found", slug, "--name", name, "--short-name", "Derby", "--area", area or code("Derby"), *more)


def test_a_partnership_is_founded_in_the_name_of_the_command_line(world):
    said = found(
        "derby", "Derby City Partnership", None, "--area", code("Leeds"), "--accountable-body", "Derby Council"
    )
    assert "Derby City Partnership stands at /p/derby/" in said
    derby = Partnership.objects.select_related("region", "accountable_body__sector").get(slug="derby")
    assert (derby.region.slug, derby.short_name) == ("east-midlands", "Derby")
    assert (derby.accountable_body.name, derby.accountable_body.sector.code) == ("Derby Council", "public")
    assert set(derby.areas.values_list("authority__name", flat=True)) == {"Derby", "Leeds"}
    with acting(derby.pk):
        assert [(deed.verb, deed.by_name) for deed in Deed.objects.all()] == [("partnerships.founded", "Command line")]


@pytest.mark.parametrize(
    ("slug", "name", "area", "why"),
    [
        ("derby", "Derby", "nowhere", "No authority has the code nowhere"),
        ("southwark", "Derby", None, "There is a partnership at this address already: southwark"),
        ("derby city", "Derby", None, "“derby city” is no address"),
    ],
)
def test_what_cannot_be_founded_is_said_plainly(world, slug, name, area, why):
    before = (Partnership.objects.count(), Organisation.objects.count())
    with pytest.raises(CommandError, match=why):
        found(slug, name, area, "--accountable-body", "Derby Council")
    assert (Partnership.objects.count(), Organisation.objects.count()) == before


def test_a_name_is_taken_once(world):
    with pytest.raises(CommandError, match="There is a partnership of this name already"):
        found("another", world.southwark.name)


def test_who_is_appointed_chooses_a_password_and_comes_in(world):
    cache.clear()
    found()
    said = run("appoint", "Dana@Derby.example", "Dana Dee", "--role", "officer", "--in", "derby")
    assert "Dana Dee (dana@derby.example) is now: Co-ordinating officer, Derby City Partnership." in said
    assert "They choose a password by “I cannot sign in”" in said
    dana = Person.objects.get(email=NEW)
    assert Access.of(dana).can(Perm.MANAGE_MEMBERS, Partnership.objects.get(slug="derby"))
    browser = Client()
    browser.post("/accounts/password/reset/", {"email": NEW})
    (letter,) = mail.outbox
    form = browser.get(re.search(r"/accounts/password/reset/key/\S+", letter.body)[0], follow=True)
    password = "a-new-and-longer-password"
    browser.post(form.request["PATH_INFO"], {"password1": password, "password2": password})
    browser.post("/accounts/login/", {"login": NEW, "password": password})
    assert browser.get("/p/derby/manage/").status_code == 200
    cache.clear()


def test_somebody_known_keeps_name_and_password(world):
    said = run("appoint", "officer@example.org", "Another Name", "--role", "member", "--in", "leeds")
    assert said == "Officer (officer@example.org) is now: Member representative, " + world.leeds.name + ".\n"
    assert Person.objects.get(email="officer@example.org").password == world.officer.password


@pytest.mark.parametrize(
    ("where", "label", "reaches"),
    [
        (
            ["--role", "manager", "--office", "london"],
            "Manager, Government Office for London",
            ["hackney", "southwark"],
        ),
        (["--national"], "National viewer, England", ["hackney", "leeds", "southwark"]),
    ],
)
def test_offices_and_the_country_have_roles_of_their_own(world, where, label, reaches):
    assert label in run("appoint", NEW, "Dana Dee", *where)
    access = Access.of(Person.objects.get(email=NEW))
    assert sorted(slug for slug, row in world.partnerships.items() if access.reaches(row)) == reaches


@pytest.mark.parametrize(
    ("email", "where", "why"),
    [
        (NEW, ["--role", "king", "--in", "southwark"], "--role: officer, chair, finance, member, group_chair, cvs"),
        (NEW, ["--in", "southwark"], "--role: officer"),
        (NEW, ["--role", "officer", "--office", "london"], "--role: reviewer, manager"),
        (NEW, ["--role", "officer", "--national"], "--role: national"),
        (NEW, ["--role", "officer", "--in", "nowhere"], "no partnership at this address: nowhere"),
        (NEW, ["--role", "manager", "--office", "wales"], "The regions are: east-midlands, "),
        ("nobody", ["--role", "officer", "--in", "southwark"], "“nobody” is no e-mail address"),
        ("officer@example.org", ["--role", "officer", "--in", "southwark"], "Officer holds this role already"),
        ("manager@example.org", ["--role", "manager", "--office", "london"], "Manager holds this role already"),
        ("national@example.org", ["--national"], "National holds this role already"),
    ],
)
def test_who_cannot_be_appointed_is_said_plainly_and_nobody_is_entered(world, email, where, why):
    def rows():
        with acting(world.southwark.pk):
            return Person.objects.count(), Appointment.objects.count(), Deed.objects.count()

    before = rows()
    with pytest.raises(CommandError, match=why):
        run("appoint", email, "Somebody", *where)
    assert rows() == before


@pytest.mark.parametrize(
    ("email", "where", "label"),
    [
        ("rep@example.org", ["--role", "member", "--in", "southwark"], "Member representative, Southwark Local"),
        ("manager@example.org", ["--role", "manager", "--office", "london"], "Manager, Government Office for London"),
        ("national@example.org", ["--national"], "National viewer, England"),
    ],
)
def test_an_appointment_is_ended_and_a_second_time_there_is_none(world, email, where, label):
    assert f"({email}) is no longer: {label}" in run("appoint", email, "--end", *where)
    access = Access.of(Person.objects.get(email=email))
    assert not access.by_partnership and not access.everywhere
    with pytest.raises(CommandError, match="does not hold this role there"):
        run("appoint", email, "--end", *where)


def test_the_log_says_why_the_command_line_ended_it(world):
    run("appoint", "REP@example.org", "--end", "--role", "member", "--in", "southwark", "--reason", "Left the borough")
    with acting(world.southwark.pk):
        deed = Deed.objects.latest("number")
    assert (deed.who, deed.about, deed.reason) == ("Command line", world.rep, "Left the borough")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((NEW, "--end", "--role", "member", "--in", "southwark"), "Nobody has this e-mail address here"),
        ((NEW, "--role", "member", "--in", "southwark"), "Say the name of somebody new"),
        (("rep@example.org", "--end", "--in", "southwark"), "--role: officer"),
    ],
)
def test_who_cannot_be_released_is_said_plainly(world, arguments, why):
    with pytest.raises(CommandError, match=why):
        run("appoint", *arguments)
