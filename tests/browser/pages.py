"""Every page of the product: who looks at it, filled or empty, and with what errors. A route without an entry fails."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.kept import Kept
from core.dates import today
from core.refusals import WrongState
from imports.models import MemberImport
from invitations.keys import key_of
from invitations.views.closed import Closed
from jobs.models import Job
from lsp.demonstration.cast import PASSWORD
from partnerships.models import Appointment
from partnerships.tenancy.context import acting
from tests.browser.stage import Stage

# Addresses that answer with something else than a page of ours.
NO_PAGE = {
    "healthz": "JSON",
    "my_data_file": "JSON",
    "session": "JSON",
    "mfa_authenticate": "it follows a password: see account_login, typed by somebody with a second factor",
    "mfa_login_webauthn": "a deed of a key",
    "mfa_download_recovery_codes": "a file",
    "documents:download": "a file",
    "partnerships:suggestions": "JSON",
    "partnerships:resume_neighbourhood": "a deed, which leads back to the neighbourhood",
    "partnerships:remove_contact": "a deed, which leads back to the neighbourhoods",
    "partnerships:remove_neighbourhood_contact": "a deed, which leads back to the neighbourhood",
    "imports:template": "a file",
    "imports:errors": "a file",
    "imports:confirmation": "a deed, which leads back to the import",
    "imports:removal": "a deed, which leads back to the imports",
    "strategies:draft_pdf": "a deed, which leads to the page of its job",
    "strategies:order": "a deed, which leads back to the list",
    "invitations:letter": "a deed, which leads back to the invitation",
    "jobs:attempt": "a deed, which leads back to the job",
    "accreditation:new": "a deed, which leads to the self-assessment",
    "partnerships:end_named_group": "a deed, which leads back to the groups",
    "reviews:case_evidence": "a file",
    "reviews:case_file": "a file",
}

OFFICER = "officer.southwark"
PROTECTED = "finance.southwark"  # has a second factor
OF_HACKNEY = "officer.hackney"
OF_ISLINGTON = "officer.islington"
OF_LEWISHAM = "officer.lewisham"
OF_BARNSLEY = "officer.barnsley"
PRINT = "view=print"

Arguments = Callable[[Stage], list[Any]]


@dataclass(frozen=True)
class Look:
    """One look at a page: `typed` is put into its form and sent; `meanwhile` replaces functions while it is made."""

    route: str
    arguments: Arguments = lambda stage: []
    who: str | None = None
    query: str | Callable[[Stage], str] = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    meanwhile: Mapping[str, Any] = field(default_factory=dict)

    def address(self, stage: Stage) -> str:
        """Path and query."""
        path = reverse(self.route, args=self.arguments(stage))
        query = self.query if isinstance(self.query, str) else self.query(stage)
        return f"{path}?{query}" if query else path

    def __str__(self) -> str:
        asked = self.query if isinstance(self.query, str) else "a query"
        seen = [self.route, self.who or "the public", asked, "with errors" if self.typed else "", str(self.status)]
        return ", ".join(filter(None, seen))


def at(slug: str, *more: Any) -> Arguments:
    """The arguments of a page of a partnership."""
    return lambda stage: [slug, *more]


def within(slug: str, *more: Any) -> Arguments:
    """The arguments of a page of its strategy."""
    return lambda stage: [slug, stage.strategies[slug].pk, *more]


def part_of(slug: str, kind: str, *, named: bool = False) -> Arguments:
    """The arguments of a page of a part of its strategy; `named` where the address says its kind."""
    return lambda stage: [slug, stage.strategies[slug].pk, *([kind] if named else []), stage.part(kind, slug)]


def link(stage: Stage) -> list[str]:
    """The link in a letter to somebody who forgot their password."""
    person = stage.person("chair.southwark")
    return [user_pk_to_url_str(person), default_token_generator.make_token(person)]


def somebody(name: str, slug: str = "southwark") -> Arguments:
    """The arguments of a page about one of the people of a partnership."""
    return lambda stage: [slug, stage.person(name).pk]


def job(state: str) -> Arguments:
    """The arguments of the page of a job in this state."""
    return lambda stage: ["southwark", stage.jobs[state].pk]


def place(name: str) -> Arguments:
    """The arguments of a page of one of Southwark's neighbourhoods."""
    return lambda stage: ["southwark", stage.neighbourhoods[name]]


def member(*more: str) -> Arguments:
    """The arguments of a page of one of Southwark's members; `more` are the names of rows of it (`tests.members`)."""
    return lambda stage: ["southwark", stage.member.membership.pk, *(getattr(stage.member, name).pk for name in more)]


def invitation(state: str) -> Arguments:
    """The arguments of the page of an invitation in this state."""
    return lambda stage: ["southwark", stage.invitations[state].pk]


def letter(state: str) -> Arguments:
    """The link in the letter about it."""
    return lambda stage: ["southwark", key_of(stage.invitations[state])]


def role_of(name: str) -> Arguments:
    """The arguments of a page of the role that somebody has in Southwark."""

    def arguments(stage: Stage) -> list[Any]:
        with acting(stage.partnerships["southwark"].pk):
            held = Appointment.objects.filter(person=stage.person(name), partnership=stage.partnerships["southwark"])
            return ["southwark", held.order_by("pk").values_list("pk", flat=True)[0]]

    return arguments


def own_area(slug: str) -> Arguments:
    """The arguments of the page of the first area of a partnership."""
    return lambda stage: [slug, stage.partnerships[slug].areas.order_by("pk")[0].pk]


def upload(state: str) -> Arguments:
    """The arguments of the page of an import in this state."""
    return lambda stage: ["southwark", stage.imports[state].pk]


def seat(which: str, *more: str) -> Arguments:
    """The arguments of a page of a seat of Southwark in this state."""
    return lambda stage: ["southwark", *(getattr(stage.seating, name) for name in (which, *more))]


def assessment(stage_of: str, *more: str) -> Arguments:
    """The arguments of a page of a self-assessment at this stage; `more` are codes, or the names of rows of it."""

    def arguments(stage: Stage) -> list[Any]:
        row = getattr(stage.accreditation, stage_of)
        found = [getattr(stage.accreditation, name).pk if hasattr(stage.accreditation, name) else name for name in more]
        return [row.partnership.slug, row.pk, *found]

    return arguments


def assessed(stage_of: str, *more: Any) -> Arguments:
    """The arguments of a page of its last case."""
    return lambda stage: [
        stage.accreditation.cases[stage_of].partnership.slug,  # type: ignore[union-attr]
        stage.accreditation.cases[stage_of].pk,  # type: ignore[union-attr]
        *more,
    ]


def raising(error: Exception) -> Callable[..., Any]:
    """A function in which something goes wrong."""

    def broken(*args: Any, **kwargs: Any) -> Any:
        raise error

    return broken


def key(stage: Stage) -> list[Any]:
    """The key of somebody who has one."""
    return [stage.person(PROTECTED).authenticator_set.get(type="webauthn").pk]


WAITING = Kept(
    address="/p/southwark/manage/strategy/1/text/vision/",
    page="/mine/",
    fields=[("body", "Homes first.\r\n\r\nThen work & <i>play</i>."), ("version", "3"), ("save", "")],
    files=["sheet"],
    at=datetime.datetime(2006, 1, 31, 14, 2, tzinfo=datetime.UTC),
)
REAUTHENTICATED = "allauth.account.internal.flows.reauthentication.did_recently_reauthenticate"
SURE = {REAUTHENTICATED: lambda request: True}
ALL_PLACES = {"allauth.usersessions.models.UserSession.purge": lambda place: False}
LATE = {"django.conf.settings.SECOND_FACTOR_GRACE_DAYS": -1}

PUBLIC = [
    Look("home"),
    Look("home", meanwhile={"lsp.views.public.just_published": list, "partnerships.queries.regions": list}),
    Look("home", meanwhile={"partnerships.queries.fund_totals": list}),
    Look("accessibility"),
    Look("privacy"),
    Look("cookies"),
    Look("help"),
    Look("regions"),
    Look("regions", query=PRINT),
    Look("partnerships:directory"),
    Look("partnerships:directory", query="q=w&region=london&nrf=on&sort=-region"),
    Look("partnerships:directory", query="q=Atlantis"),
    Look("partnerships:directory", query="region=atlantis"),
    Look("partnerships:directory", query=PRINT),
    Look("partnerships:public", at("southwark")),
    Look("partnerships:public", at("hackney")),
    Look("partnerships:public", at("barnsley")),
    Look("partnerships:seats", at("southwark")),
    Look("partnerships:seats", at("southwark"), query=PRINT),
    Look("partnerships:seats", at("barnsley")),
    Look("strategies:editions", at("southwark")),
    Look("strategies:editions", at("hackney")),
    Look("strategies:edition", at("islington", 1)),
    Look("strategies:edition_pdf", at("islington", 1), status=503),
]

EDITIONS = [
    Look("strategies:edition", at("southwark", 1)),
    Look("strategies:edition", at("southwark", 1), query=PRINT),
    Look("strategies:preview", within("southwark"), OFFICER),
    Look("strategies:preview", within("lewisham"), OF_LEWISHAM),
]

ACCOUNT = [
    Look("account_login"),
    Look("account_login", meanwhile={"django.conf.settings.DEMONSTRATION": False}),
    Look("account_login", typed={"login": ""}),
    Look("account_login", typed={"login": "officer.southwark@example.org", "password": "wrong"}),
    Look("account_logout", who=OFFICER),
    Look("account_inactive"),
    Look("account_signup"),
    Look("account_reauthenticate", who=OFFICER),
    Look("account_reauthenticate", who=OFFICER, typed={"password": "wrong"}),
    Look("account_change_password", who=OFFICER),
    Look("account_change_password", who=OFFICER, typed={"oldpassword": "wrong", "password1": "a", "password2": "b"}),
    Look("account_set_password", who="nobody"),
    Look("account_set_password", who="nobody", typed={"password1": "a", "password2": "b"}),
    Look("account_reset_password"),
    Look("account_reset_password", typed={"email": "nonsense"}),
    Look("account_reset_password_done"),
    Look("account_reset_password_from_key", link),
    Look("account_reset_password_from_key", link, typed={"password1": "a", "password2": "b"}),
    Look("account_reset_password_from_key", lambda stage: ["1", "worn-out"]),
    Look("account_reset_password_from_key_done"),
    Look("account", who=OFFICER),
    Look("account", who="nobody"),
    Look("account", who=OFFICER, meanwhile=LATE),
    Look("account_login", typed={"login": f"{PROTECTED}@example.org", "password": PASSWORD}),
    Look("account_reauthenticate", who=PROTECTED),
    Look("mfa_reauthenticate", who=PROTECTED),
    Look("mfa_reauthenticate", who=PROTECTED, typed={"code": "000000"}),
    Look("mfa_reauthenticate_webauthn", who=PROTECTED),
    Look("mfa_index", who=OFFICER),
    Look("mfa_index", who=PROTECTED),
    Look("mfa_activate_totp", who=OFFICER, meanwhile=SURE),
    Look("mfa_activate_totp", who=OFFICER, meanwhile=SURE, typed={"code": "000000"}),
    Look("mfa_deactivate_totp", who=PROTECTED, meanwhile=SURE),
    Look("mfa_view_recovery_codes", who=PROTECTED, meanwhile=SURE),
    Look("mfa_view_recovery_codes", who=PROTECTED, meanwhile=SURE, query=PRINT),
    Look("mfa_generate_recovery_codes", who=PROTECTED, meanwhile=SURE),
    Look("mfa_list_webauthn", who=OFFICER),
    Look("mfa_list_webauthn", who=PROTECTED),
    Look("mfa_add_webauthn", who=OFFICER, meanwhile=SURE),
    Look("mfa_edit_webauthn", key, who=PROTECTED, meanwhile=SURE),
    Look("mfa_edit_webauthn", key, who=PROTECTED, meanwhile=SURE, typed={"name": ""}),
    Look("mfa_remove_webauthn", key, who=PROTECTED, meanwhile=SURE),
    Look("usersessions_list", who=OFFICER),
    Look("usersessions_list", who=PROTECTED, meanwhile=ALL_PLACES),
    Look("kept", who=OFFICER, meanwhile={"lsp.views.session.kept": lambda request: WAITING}),
    Look("my_data", who=OFFICER),
    Look("my_data", who="nobody"),
    Look("my_removal", who=OFFICER, meanwhile=SURE),
    Look("my_removal", who="nobody", meanwhile=SURE),
    Look("my_removal", who="former.member", meanwhile=SURE, typed={"sure": ""}),
    Look("mine", who="member.jobcentre"),
    Look("mine", who="nobody"),
    Look("mine", who="viewer.national"),
]

INSIDE = [
    Look("partnerships:dashboard", at("southwark"), OFFICER),
    Look("partnerships:dashboard", at("southwark"), OFFICER, query=PRINT),
    Look("partnerships:dashboard", at("southwark"), "viewer.national"),
    Look("partnerships:dashboard", at("hackney"), "member.jobcentre"),
    Look("partnerships:dashboard", at("barnsley"), OF_BARNSLEY),
    Look("partnerships:members", at("southwark"), OFFICER),
    Look("partnerships:members", at("southwark"), OFFICER, query="q=southwark&sector=public&state=all&sort=-held"),
    Look("partnerships:members", at("southwark"), "member.jobcentre", query="on_0=31&on_1=2&on_2=2006"),
    Look("partnerships:members", at("southwark"), OFFICER, query="q=Atlantis"),
    Look("partnerships:members", at("southwark"), OFFICER, query=PRINT),
    Look("partnerships:members", at("barnsley"), OF_BARNSLEY),
    Look("partnerships:member", member(), OFFICER),
    Look("partnerships:member", member(), "member.jobcentre"),
    Look("partnerships:activity", at("southwark"), OFFICER),
    Look("partnerships:activity", at("southwark"), OFFICER, query="page=2"),
    Look("partnerships:activity", at("southwark"), OFFICER, query="q=seat&sort=who&since_0=31&since_1=2&since_2=2006"),
    Look("partnerships:activity", at("southwark"), OFFICER, query="q=Atlantis"),
    Look("partnerships:deed", at("southwark", 1), OFFICER),
    Look("partnerships:person_data", somebody("member.jobcentre"), OFFICER, meanwhile=SURE),
    Look("partnerships:anonymisation", somebody("chair.southwark"), OFFICER, meanwhile=SURE),
    Look("partnerships:anonymisation", somebody("member.jobcentre"), OFFICER, meanwhile=SURE),
    Look("partnerships:anonymisation", somebody("former.member"), OFFICER, meanwhile=SURE),
    Look("partnerships:anonymisation", somebody("former.member"), OFFICER, meanwhile=SURE, typed={"reason": ""}),
    Look("partnerships:deed", at("southwark", 40), "viewer.national"),
    Look("documents:list", at("southwark"), OFFICER),
    Look("documents:list", at("hackney"), OF_HACKNEY),
    *(Look("jobs:job", job(state), OFFICER, query="stay") for state in Job.State),
    Look("strategies:editor", at("southwark"), OFFICER),
    Look("strategies:editor", at("barnsley"), OF_BARNSLEY),
    Look("strategies:editor", at("southwark"), "reviewer.london"),
    Look("strategies:published", at("southwark", 1), OFFICER),
    Look("strategies:published", at("islington", 1), OF_ISLINGTON),
]

# What a form says when a required field is emptied.
EDITOR = [
    Look("strategies:new", at("barnsley"), OF_BARNSLEY),
    Look("strategies:new", at("barnsley"), OF_BARNSLEY, typed={"title": ""}),
    Look("strategies:strategy", within("southwark"), OFFICER),
    Look("strategies:strategy", within("southwark"), "member.jobcentre"),
    Look("strategies:strategy", within("hackney"), OF_HACKNEY),
    Look("strategies:strategy", within("lewisham"), OF_LEWISHAM),
    Look("strategies:issues", within("southwark"), OFFICER),
    Look("strategies:issues", within("lewisham"), OF_LEWISHAM),
    Look("strategies:priorities", within("southwark"), OFFICER),
    Look("strategies:priorities", within("lewisham"), OF_LEWISHAM),
    Look("strategies:publication", within("hackney"), OF_HACKNEY),
    Look("strategies:publication", within("islington"), OF_ISLINGTON),
    Look("strategies:removal", part_of("southwark", "priorities", named=True), OFFICER),
    Look("strategies:details", within("southwark"), OFFICER),
    Look("strategies:details", within("southwark"), OFFICER, typed={"title": "", "period_until_1": "13"}),
    Look("strategies:text", within("southwark", "vision"), OFFICER),
    Look("strategies:text", within("lewisham", "vision"), OF_LEWISHAM),
    Look("strategies:text", within("lewisham", "vision"), OF_LEWISHAM, typed={"body": "x" * 60_001}),
    Look("strategies:new_issue", within("southwark"), OFFICER),
    Look("strategies:new_issue", within("southwark"), OFFICER, typed={"title": ""}),
    Look("strategies:issue", part_of("southwark", "issues"), OFFICER),
    Look("strategies:issue", part_of("southwark", "issues"), OFFICER, typed={"title": ""}),
    Look("strategies:new_priority", within("southwark"), OFFICER),
    Look("strategies:new_priority", within("southwark"), OFFICER, typed={"theme": ""}),
    Look("strategies:priority", part_of("southwark", "priorities"), OFFICER),
    Look("strategies:priority", part_of("southwark", "priorities"), OFFICER, typed={"title": ""}),
    Look("strategies:new_objective", part_of("southwark", "priorities"), OFFICER),
    Look("strategies:new_objective", part_of("southwark", "priorities"), OFFICER, typed={"title": ""}),
    Look("strategies:objective", part_of("southwark", "objectives"), OFFICER),
    Look("strategies:objective", part_of("southwark", "objectives"), OFFICER, typed={"title": ""}),
    Look("strategies:new_action", part_of("southwark", "objectives"), OFFICER),
    Look("strategies:new_action", part_of("southwark", "objectives"), OFFICER, typed={"lead": ""}),
    Look("strategies:action", part_of("southwark", "actions"), OFFICER),
    Look("strategies:action", part_of("southwark", "actions"), OFFICER, typed={"lead": "", "starts_on_0": "32"}),
]

NEIGHBOURHOODS = [
    Look("partnerships:contact", at("southwark")),
    Look("partnerships:contact", at("islington")),
    Look("partnerships:contact", at("barnsley")),
    Look("partnerships:public_neighbourhoods", at("southwark")),
    Look("partnerships:public_neighbourhoods", at("barnsley")),
    Look("partnerships:public_neighbourhood", place("Elephant")),
    Look("partnerships:public_neighbourhood", place("Elephant"), query=PRINT),
    Look("partnerships:public_neighbourhood", place("Peckham")),
    Look("partnerships:public_neighbourhood", place("Ended")),
    Look("partnerships:neighbourhoods", at("southwark"), OFFICER),
    Look("partnerships:neighbourhoods", at("southwark"), "member.jobcentre", query="sort=-until"),
    Look("partnerships:neighbourhoods", at("barnsley"), OF_BARNSLEY),
    Look("partnerships:neighbourhood", place("Elephant"), OFFICER),
    Look("partnerships:neighbourhood", place("Peckham"), "member.jobcentre"),
    Look("partnerships:neighbourhood", place("Ended"), OFFICER),
    Look("partnerships:new_neighbourhood", at("southwark"), OFFICER),
    Look("partnerships:new_neighbourhood", at("southwark"), OFFICER, typed={"name": "", "codes": "E01 W02"}),
    Look("partnerships:new_neighbourhood", at("southwark"), OFFICER, typed={"name": "Walworth"}),
    Look("partnerships:change_neighbourhood", place("Elephant"), OFFICER),
    Look(
        "partnerships:change_neighbourhood", place("Elephant"), OFFICER, typed={"name": "Away", "seen": "x"}, status=409
    ),
    Look("partnerships:end_neighbourhood", place("Peckham"), OFFICER),
    Look("partnerships:end_neighbourhood", place("Peckham"), OFFICER, typed={"on_0": "32", "reason": ""}),
    Look("partnerships:change_contact", at("southwark"), OFFICER),
    Look("partnerships:change_contact", at("barnsley"), OF_BARNSLEY),
    Look("partnerships:change_contact", at("southwark"), OFFICER, typed={"name": "", "telephone": "call me"}),
    Look("partnerships:change_contact", at("southwark"), OFFICER, typed={"name": "Me", "seen": "x"}, status=409),
    Look("partnerships:change_neighbourhood_contact", place("Peckham"), OFFICER),
    Look("partnerships:change_neighbourhood_contact", place("Elephant"), OFFICER, typed={"name": "Me", "email": "no"}),
]

MEMBERS = [
    Look("partnerships:new_member", at("southwark"), OFFICER),
    Look("partnerships:new_member", at("southwark"), OFFICER, query="q=Southwark"),
    Look("partnerships:new_member", at("southwark"), OFFICER, query="q=Atlantis"),
    Look("partnerships:new_member", at("southwark"), OFFICER, query="q=a"),
    Look("partnerships:new_organisation", at("southwark"), OFFICER, query="name=A+%26+B"),
    Look("partnerships:new_organisation", at("southwark"), OFFICER, typed={"name": "", "charity": "1", "ons": "x"}),
    Look("partnerships:new_organisation", at("southwark"), OFFICER, typed={"name": "southwark-council"}),
    Look(
        "partnerships:known_member",
        lambda stage: ["southwark", stage.partnerships["hackney"].accountable_body_id],
        OFFICER,
    ),
    Look(
        "partnerships:known_member",
        lambda stage: ["southwark", stage.partnerships["hackney"].accountable_body_id],
        OFFICER,
        typed={"starts_on_1": "13"},
    ),
    Look("partnerships:change_member_contact", member(), OFFICER),
    Look("partnerships:change_member_contact", member(), OFFICER, typed={"contact_email": "nobody"}),
    Look("partnerships:end_membership", member(), OFFICER),
    Look("partnerships:end_membership", member(), OFFICER, typed={"on_0": "1", "reason": ""}),
    Look("partnerships:name_partner", member(), OFFICER),
    Look("partnerships:name_partner", member(), OFFICER, typed={"agreement": ""}),
    Look("partnerships:end_naming", member("naming"), OFFICER),
    Look("partnerships:end_naming", member("naming"), OFFICER, typed={"reason": ""}),
    Look("partnerships:change_entry", member(), OFFICER),
    Look("partnerships:change_entry", member(), OFFICER, typed={"name": "Southwark B"}),
    Look("partnerships:change_number", member(), OFFICER),
    Look("partnerships:change_number", member(), OFFICER, typed={"value": "1", "on_2": "6"}),
    Look("partnerships:duplicates", member(), OFFICER),
    Look("partnerships:duplicates", member(), OFFICER, query="q=southwark"),
    Look("partnerships:duplicates", member(), OFFICER, query="q=Atlantis"),
    Look("partnerships:merge", member("second"), OFFICER, meanwhile=SURE),
    Look("partnerships:undo_merge", member("merge"), OFFICER, meanwhile=SURE),
]

IN_A_MONTH = {"invitations.queries.open_until": lambda: timezone.now() + datetime.timedelta(days=30)}
EXPIRED = {"invitations.views.closed._over": lambda invitation, person: Closed("This invitation has expired", "Why.")}

PEOPLE = [
    Look("partnerships:people", at("southwark"), OFFICER),
    Look(
        "partnerships:people", at("southwark"), "member.jobcentre", query="q=member&when=ever&role=member&sort=-since"
    ),
    Look("partnerships:people", at("southwark"), OFFICER, query="q=Atlantis"),
    Look("partnerships:people", at("southwark"), OFFICER, query="role=king"),
    Look("partnerships:people", at("barnsley"), OF_BARNSLEY, query=PRINT),
    Look("partnerships:person", somebody("cvs.southwark"), OFFICER),
    Look("partnerships:person", somebody("officer.southwark"), "member.jobcentre"),
    Look("partnerships:person", somebody("former.member"), OFFICER),
    Look("partnerships:new_appointment", somebody("member.jobcentre"), OFFICER, meanwhile=SURE),
    Look(
        "partnerships:new_appointment",
        somebody("member.jobcentre"),
        OFFICER,
        meanwhile=SURE,
        typed={"starts_on_0": "32", "ends_on_1": "1"},
    ),
    Look("partnerships:end_appointment", role_of("member.jobcentre"), OFFICER, meanwhile=SURE),
    Look("partnerships:end_appointment", role_of("officer.southwark"), OFFICER, meanwhile=SURE),
    Look(
        "partnerships:end_appointment",
        role_of("officer.southwark"),
        OFFICER,
        meanwhile=SURE,
        typed={"reason": "Moved away", "on_0": "1", "on_1": "4", "on_2": "2006"},
        status=409,
    ),
    Look("partnerships:end_appointment", role_of("chair.southwark"), OFFICER, meanwhile=SURE, typed={"reason": ""}),
    Look("invitations:list", at("southwark"), OFFICER),
    Look("invitations:list", at("southwark"), OFFICER, query="state=open&sort=-state"),
    Look("invitations:list", at("southwark"), OFFICER, query="q=Atlantis"),
    Look("invitations:list", at("southwark"), OFFICER, query="state=lost"),
    Look("invitations:list", at("southwark"), OFFICER, query=PRINT),
    Look("invitations:list", at("barnsley"), OF_BARNSLEY),
    Look("invitations:invitation", invitation("open"), OFFICER),
    Look("invitations:invitation", invitation("accepted"), OFFICER),
    Look("invitations:withdrawal", invitation("open"), OFFICER),
    Look("invitations:withdrawal", invitation("accepted"), OFFICER, status=409),
    Look("invitations:new", at("southwark"), OFFICER),
    Look("invitations:new", at("southwark"), OFFICER, typed={"name": "", "email": "nonsense"}),
    Look("invitations:holders", at("southwark"), OFFICER),
    Look("invitations:holders", at("barnsley"), OF_BARNSLEY),
    Look("invitations:reminders", at("southwark"), OFFICER),
    Look("invitations:reminders", at("southwark"), OFFICER, meanwhile=IN_A_MONTH),
    Look("invitations:answer", letter("open")),
    Look("invitations:answer", letter("open"), typed={"password1": "a", "password2": "b"}),
    Look("invitations:answer", letter("open"), "chair.southwark", status=403),
    Look("invitations:answer", letter("open"), meanwhile=EXPIRED, status=410),
    Look("invitations:answer", letter("known")),
    Look("invitations:answer", letter("known"), "member.jobcentre"),
    Look("invitations:answer", letter("accepted"), status=410),
    Look("invitations:answer", letter("accepted"), "cvs.southwark"),
    Look("invitations:answer", at("southwark", "worn-out"), status=404),
]

MANAGER = "manager.london"


def merging(into: str, **words: str) -> Callable[[Stage], str]:
    """The address of a merge of Southwark with Hackney."""
    return lambda stage: urlencode({"other": stage.partnerships["hackney"].pk, "into": into, **words})


SETTINGS = [
    Look("partnerships:settings", at("southwark"), OFFICER),
    Look("partnerships:settings", at("southwark"), MANAGER),
    Look("partnerships:settings", at("southwark"), "member.jobcentre", query=PRINT),
    Look("partnerships:settings", at("camden"), MANAGER),
    Look("partnerships:settings", at("lambeth"), MANAGER),
    Look("partnerships:settings", at("haringey"), MANAGER),
    Look("partnerships:details", at("southwark"), OFFICER),
    Look("partnerships:details", at("southwark"), OFFICER, typed={"name": "", "short_name": "x"}),
    Look(
        "partnerships:details",
        at("southwark"),
        OFFICER,
        typed={"name": "Another", "short_name": "A", "version": "0"},
        status=409,
    ),
    Look("partnerships:new_area", at("southwark"), MANAGER),
    Look("partnerships:new_area", at("southwark"), MANAGER, typed={"authority": "", "starts_on_0": "32"}),
    Look("partnerships:area", own_area("southwark"), MANAGER),
    Look("partnerships:area", own_area("southwark"), MANAGER, typed={"on_0": "", "reason": ""}),
    Look("partnerships:ending", at("southwark"), MANAGER, meanwhile=SURE),
    Look(
        "partnerships:ending",
        at("southwark"),
        MANAGER,
        typed={"on_0": "1", "on_1": "1", "on_2": "2006"},
        meanwhile=SURE,
    ),
    Look("partnerships:reopening", at("lambeth"), MANAGER, meanwhile=SURE),
    Look("partnerships:reopening", at("lambeth"), MANAGER, typed={"reason": ""}, meanwhile=SURE),
    Look("partnerships:merging", at("southwark"), MANAGER, meanwhile=SURE),
    Look("partnerships:merging", at("southwark"), MANAGER, query="other=0&into=new&slug=a+b", meanwhile=SURE),
    Look("partnerships:merging", at("southwark"), MANAGER, query=merging("this"), meanwhile=SURE),
    Look(
        "partnerships:merging",
        at("southwark"),
        MANAGER,
        query=merging("new", name="South and East", short_name="South and East", slug="south-and-east"),
        meanwhile=SURE,
    ),
    Look("partnerships:public", at("camden")),
    Look("partnerships:seats", at("camden")),
    Look("partnerships:dashboard", at("camden"), "officer.camden"),
    Look("partnerships:dashboard", at("haringey"), "officer.haringey"),
    Look("partnerships:details", at("camden"), "officer.camden"),
    Look("partnerships:directory", query="region=london&current=on"),
    Look("partnerships:directory", query="q=camden"),
]

IMPORTS = [
    Look("imports:list", at("southwark"), OFFICER),
    Look("imports:list", at("barnsley"), OF_BARNSLEY),
    Look("imports:list", at("barnsley"), OF_BARNSLEY, typed={"upload": "Upload"}),
    *(Look("imports:one", upload(state), OFFICER) for state in [*MemberImport.State, "standing"]),
    Look("imports:one", upload("ready"), OFFICER, query="page=2"),
]

ERRORS = [
    Look("partnerships:dashboard", at("southwark"), OFFICER, status=403, meanwhile=LATE),
    Look("partnerships:public", at("atlantis"), status=404),
    Look("partnerships:dashboard", at("hackney"), OFFICER, status=404),
    Look("partnerships:activity", at("southwark"), "member.jobcentre", status=403),
    *(
        Look("regions", meanwhile={"partnerships.queries.regions": raising(error)}, status=status)
        for error, status in (
            (BadRequest(), 400),
            (PermissionDenied("Nobody may see this today."), 403),
            (WrongState(), 409),
            (RuntimeError("broken on purpose"), 500),
            (OperationalError("away on purpose"), 503),
        )
    ),
    Look(
        "account_login",
        typed={"login": ""},
        meanwhile={"django.conf.settings.ACCOUNT_RATE_LIMITS": {"login": "0/m/ip"}},
        status=429,
    ),
]

WHO_SAT = "on=2006-05-02"
SEATS = [
    Look("partnerships:seats", at("southwark"), query=WHO_SAT),
    Look("partnerships:seats", at("southwark"), query="on=2006-02-31"),
    Look("partnerships:seats", at("southwark"), query="on=1999-01-01"),
    Look("partnerships:seat_register", at("southwark"), OFFICER),
    Look("partnerships:seat_register", at("southwark"), OFFICER, query="state=open&sort=-holder"),
    Look("partnerships:seat_register", at("southwark"), OFFICER, query="q=Atlantis"),
    Look("partnerships:seat_register", at("southwark"), OFFICER, query=f"sector=atlantis&{WHO_SAT}"),
    Look("partnerships:seat_register", at("southwark"), "viewer.national", query=WHO_SAT),
    Look("partnerships:seat_register", at("southwark"), OFFICER, query="on_0=31&on_1=2&on_2=2006"),
    Look("partnerships:seat_register", at("southwark"), OFFICER, query=f"{WHO_SAT}&{PRINT}"),
    Look("partnerships:seat_register", at("barnsley"), OF_BARNSLEY),
    Look("partnerships:seat", seat("held"), OFFICER),
    Look("partnerships:seat", seat("held"), "member.jobcentre"),
    Look("partnerships:seat", seat("open"), OFFICER),
    Look("partnerships:seat", seat("ended"), OFFICER),
    Look("partnerships:new_seat", at("southwark"), OFFICER),
    Look("partnerships:new_seat", at("southwark"), OFFICER, typed={"position": "", "starts_on_1": "13"}),
    Look("partnerships:new_seat", at("barnsley"), OF_BARNSLEY),
    Look("partnerships:change_seat", seat("held"), OFFICER),
    Look("partnerships:change_seat", seat("held"), OFFICER, typed={"position": ""}),
    Look("partnerships:change_seat", seat("held"), OFFICER, typed={"position": "Other", "seen": "old"}, status=409),
    Look("partnerships:fill_seat", seat("open"), OFFICER),
    Look("partnerships:fill_seat", seat("open"), OFFICER, typed={"starts_on_0": "32"}),
    Look("partnerships:fill_seat", seat("ended"), OFFICER, status=409),
    Look("partnerships:substitute", seat("held", "sitting"), OFFICER),
    Look("partnerships:replacement", seat("held", "sitting"), OFFICER, meanwhile=SURE),
    Look(
        "partnerships:replacement",
        seat("held", "sitting"),
        OFFICER,
        typed={"on_2": "206", "reason": ""},
        meanwhile=SURE,
    ),
    Look("partnerships:end_seat", seat("held"), OFFICER, meanwhile=SURE),
    Look("partnerships:end_seat", seat("open"), OFFICER, meanwhile=SURE),
    Look("partnerships:end_seat", seat("held"), OFFICER, typed={"on_0": "", "reason": ""}, meanwhile=SURE),
    Look("partnerships:balance", at("southwark"), OFFICER),
    Look("partnerships:balance", at("southwark"), "viewer.national", query=PRINT),
    Look("partnerships:balance", at("southwark"), OFFICER, query="body=executive"),
    Look("partnerships:balance", at("barnsley"), OF_BARNSLEY),
    Look("partnerships:composition", at("southwark"), OFFICER),
    Look("partnerships:composition", at("southwark"), OFFICER, typed={"sector_1": "many"}),
    Look("partnerships:composition", at("southwark"), OFFICER, typed={"sector_1": "7", "seen": "old"}, status=409),
    Look("partnerships:named_groups", at("southwark"), OFFICER),
    Look("partnerships:named_groups", at("southwark"), OFFICER, typed={"name": ""}),
    Look("partnerships:named_groups", at("southwark"), OFFICER, typed={"name": "YOUNG PEOPLE UNDER 25"}, status=409),
    Look("partnerships:named_groups", at("barnsley"), OF_BARNSLEY),
    Look("partnerships:named_group", seat("group"), OFFICER),
    Look("partnerships:named_group", seat("group"), OFFICER, typed={"name": "Youth", "seen": "old"}, status=409),
]

REVIEWER = "reviewer.london"
NATIONAL = "viewer.national"
ANSWERS = "answers.national"


def case(state: str, *more: Any) -> Arguments:
    """The arguments of a page of Southwark's case in this state."""
    return lambda stage: ["southwark", stage.casework.cases[state], *more]


def entry(stage: Stage) -> list[Any]:
    """An entry of the dialogue of the case that the reviewer has taken."""
    return ["southwark", stage.casework.cases["claimed"], stage.casework.entry]


NO_ROWS = {"conditions-TOTAL_FORMS": "1", "conditions-INITIAL_FORMS": "0"}

CASES = [
    Look("reviews:queue", at("london"), REVIEWER),
    Look("reviews:queue", at("london"), MANAGER, query="state=all&sort=-state&who=nobody"),
    Look("reviews:queue", at("london"), REVIEWER, query="q=Atlantis"),
    Look("reviews:queue", at("london"), REVIEWER, query="who=somebody&state=lost"),
    Look("reviews:queue", at("london"), NATIONAL, query=PRINT),
    Look("reviews:queue", at("yorkshire-and-the-humber"), NATIONAL),
    Look("reviews:workload", at("london"), MANAGER),
    Look("reviews:workload", at("yorkshire-and-the-humber"), NATIONAL),
    Look("reviews:cases", at("southwark"), REVIEWER),
    Look("reviews:cases", at("hackney"), REVIEWER),
    *(Look("reviews:case", case(state), REVIEWER) for state in ("queued", "claimed", "sent_back", "answered")),
    *(Look("reviews:case", case(state), MANAGER) for state in ("recommended", "decided", "withdrawn")),
    Look("reviews:case", case("appealed"), ANSWERS),
    Look("reviews:case", case("answered"), NATIONAL, query="submission=1"),
    Look("reviews:case", case("decided"), REVIEWER, query=PRINT),
    Look("reviews:evidence", case("claimed"), REVIEWER),
    Look("reviews:changes", case("answered"), REVIEWER),
    Look("reviews:history", case("decided"), REVIEWER),
    Look("reviews:dialogue", case("claimed"), REVIEWER),
    Look("reviews:dialogue", case("queued"), NATIONAL),
    Look("reviews:claim", case("queued"), REVIEWER),
    Look("reviews:claim", case("queued"), REVIEWER, typed={"no_interest": ""}),
    Look("reviews:claim", case("decided"), REVIEWER, status=409),
    Look("reviews:claim", case("queued"), OFFICER, status=403),
    Look("reviews:assignment", case("claimed"), MANAGER),
    Look("reviews:release", case("claimed"), REVIEWER),
    Look("reviews:release", case("claimed"), REVIEWER, typed={"reason": ""}),
    Look("reviews:recusal", case("queued"), REVIEWER),
    Look("reviews:recusal", case("queued"), REVIEWER, typed={"reason": ""}),
    Look("reviews:judgement", case("claimed", "strategic"), REVIEWER),
    Look("reviews:judgement", case("claimed", "inclusive"), REVIEWER, typed={"comment": "x" * 10_001}),
    Look(
        "reviews:judgement", case("claimed", "strategic"), REVIEWER, typed={"comment": "No", "version": "0"}, status=409
    ),
    Look("reviews:entry", case("claimed"), REVIEWER),
    Look("reviews:entry", case("claimed"), REVIEWER, typed={"words": "", "on_1": "13"}),
    Look("reviews:correction", entry, REVIEWER),
    Look("reviews:correction", entry, REVIEWER, typed={"words": ""}),
    Look("reviews:sharing", case("claimed"), REVIEWER),
    Look("reviews:request", case("claimed"), REVIEWER),
    Look("reviews:request", case("claimed"), REVIEWER, typed={"words": "", "answer_by_0": "32"}),
    Look("reviews:recommendation", case("claimed"), REVIEWER),
    Look(
        "reviews:recommendation", case("claimed"), REVIEWER, typed={"reasons": "", "next_review_on_0": "1", **NO_ROWS}
    ),
    Look("reviews:recommendation", case("recommended"), REVIEWER, typed={"reasons": "It works well.", **NO_ROWS}),
    Look("reviews:return", case("recommended"), MANAGER),
    Look("reviews:return", case("recommended"), MANAGER, typed={"reason": ""}),
    Look("reviews:decision", case("recommended"), MANAGER, meanwhile=SURE),
    Look("reviews:decision", case("recommended"), MANAGER, typed={"read": ""}, meanwhile=SURE),
    Look("reviews:decision", case("decided"), MANAGER, meanwhile=SURE, status=409),
    Look("reviews:appeal", case("appealed"), ANSWERS),
    Look("reviews:appeal", case("appealed"), ANSWERS, query="answer=uphold"),
    Look("reviews:appeal", case("appealed"), ANSWERS, query="answer=dismiss", typed={"answer": ""}),
]

# Over a region, and over the whole country
TEAM = "team.national"
NO_ROUNDS = {"accreditation.queries.rounds": list}


def in_the_round(stage: Stage) -> str:
    """The address of what is asked about the round of the stage."""
    return urlencode({"round": stage.round.pk})  # type: ignore[union-attr]


def the_round(stage: Stage) -> list[Any]:
    """The arguments of its own page."""
    return [stage.round.pk]  # type: ignore[union-attr]


def opening(**words: str) -> dict[str, str]:
    """What somebody types to open a round of three days from now on."""
    days = {"opens_on": today(), "closes_on": today() + datetime.timedelta(days=2)}
    parts = {
        f"{name}_{place}": str(part)
        for name, day in days.items()
        for place, part in enumerate((day.day, day.month, day.year))
    }
    return {**parts, "name": "Another", "scheme": "2002", **words}


NATION = [
    Look("office_region", at("london"), MANAGER, query=in_the_round),
    Look("office_region", at("london"), "reviewer.london", query="stands=again&sort=-next_review_on"),
    Look("office_region", at("london"), MANAGER, query="q=Atlantis"),
    Look("office_region", at("london"), MANAGER, query="stands=nowhere"),
    Look("office_region", at("london"), MANAGER, meanwhile=NO_ROUNDS),
    Look("office_region", at("london"), MANAGER, query=PRINT),
    Look("national", who="viewer.national"),
    Look("national", who=TEAM, query=in_the_round),
    Look("national", who=TEAM, query=PRINT),
    Look("national", who=TEAM, meanwhile=NO_ROUNDS),
    Look("national", who="viewer.national", meanwhile=NO_ROUNDS),
    Look("national_partnerships", who="viewer.national", query=in_the_round),
    Look("national_partnerships", who="viewer.national", query="region=atlantis"),
    Look("national_rounds", who=TEAM),
    Look("national_rounds", who="viewer.national", meanwhile=NO_ROUNDS),
    Look("national_round", the_round, "viewer.national", query="stay=1"),
    Look("national_new_round", who=TEAM, meanwhile=SURE),
    Look("national_new_round", who=TEAM, meanwhile=SURE, typed=opening(name="")),
    Look("national_new_round", who=TEAM, meanwhile=SURE, typed=opening()),
    Look("national_schemes", who="viewer.national"),
    Look("national_schemes", who=TEAM, query=PRINT),
    Look("national_appeals", who=TEAM),
    Look("national_appeals", who=TEAM, meanwhile={"lsp.queries.open_appeals": list}),
]

CHAIR = "chair.southwark"
PARTNER = "member.jobcentre"

ACCREDITATION = [
    Look("accreditation:overview", at("southwark"), OFFICER),
    Look("accreditation:overview", at("southwark"), OFFICER, query=PRINT),
    Look("accreditation:overview", at("lewisham"), PARTNER),
    Look("accreditation:overview", at("islington"), OF_ISLINGTON),
    Look("accreditation:overview", at("barnsley"), OF_BARNSLEY, meanwhile={"accreditation.queries.open_rounds": list}),
    Look("accreditation:assessment", assessment("draft"), OFFICER),
    Look("accreditation:assessment", assessment("draft"), CHAIR),
    Look("accreditation:assessment", assessment("draft"), PARTNER),
    Look("accreditation:assessment", assessment("draft"), "finance.southwark", query=PRINT),
    Look("accreditation:assessment", assessment("submitted"), CHAIR),
    Look("accreditation:assessment", assessment("sent_back"), OF_HACKNEY),
    Look("accreditation:assessment", assessment("deferred"), PARTNER),
    Look("accreditation:assessment", assessment("decided"), CHAIR),
    Look("accreditation:criterion", assessment("draft", "strategic"), OFFICER),
    Look("accreditation:criterion", assessment("draft", "learning-and-development"), OFFICER),
    Look("accreditation:criterion", assessment("draft", "strategic"), OFFICER, typed={"narrative": "x" * 20_001}),
    Look(
        "accreditation:criterion",
        assessment("draft", "strategic"),
        OFFICER,
        typed={"narrative": "y", "version": "1"},
        status=409,
    ),
    Look("accreditation:criterion", assessment("sent_back", "strategic"), OF_HACKNEY),
    Look("accreditation:criterion", assessment("sent_back", "performance-managed"), OF_HACKNEY),
    Look("accreditation:changes", assessment("draft"), OFFICER),
    Look("accreditation:score", assessment("draft", "strategic"), PARTNER),
    Look("accreditation:score", assessment("draft", "efficient"), PARTNER),
    Look("accreditation:score", assessment("draft", "efficient"), PARTNER, typed={"comment": "x" * 4_001}),
    Look("accreditation:score", assessment("submitted", "efficient"), PARTNER),
    Look("accreditation:evidence", assessment("draft", "strategic"), OFFICER),
    Look("accreditation:evidence", assessment("draft", "strategic"), OFFICER, typed={"title": "", "url": "no address"}),
    Look("accreditation:evidence_file", assessment("draft", "refused"), OFFICER, status=410),
    Look("accreditation:evidence_removal", assessment("draft", "evidence"), OFFICER),
    Look("accreditation:plan", assessment("draft"), OFFICER),
    Look("accreditation:plan", assessment("decided"), OFFICER),
    Look("accreditation:plan", assessment("sent_back"), PARTNER, query=PRINT),
    Look("accreditation:new_action", assessment("draft"), OFFICER),
    Look("accreditation:new_action", assessment("draft"), OFFICER, typed={"title": "", "starts_on_0": "32"}),
    Look("accreditation:action", assessment("draft", "action"), OFFICER),
    Look("accreditation:action", assessment("draft", "action"), OFFICER, typed={"title": "", "ends_on_1": "13"}),
    Look("accreditation:action_removal", assessment("draft", "action"), OFFICER),
    Look("accreditation:progress", assessment("draft", "action"), OFFICER),
    Look("accreditation:progress", assessment("decided", "noted"), OFFICER),
    Look("accreditation:progress", assessment("decided", "noted"), OFFICER, typed={"words": ""}),
    Look("accreditation:check", assessment("draft"), OFFICER),
    Look("accreditation:check", assessment("submitted"), PARTNER),
    Look("accreditation:sign_off", assessment("draft"), PARTNER),
    Look("accreditation:sign_off", assessment("draft"), PARTNER, query="all=1", typed={"agree": ""}),
    Look("accreditation:sign_off", assessment("submitted"), CHAIR),
    Look("accreditation:submission", assessment("draft"), CHAIR, meanwhile=SURE),
    Look("accreditation:submission", assessment("submitted"), CHAIR, meanwhile=SURE),
    Look("accreditation:submitted", assessed("decided", 1), OFFICER),
    Look("accreditation:submitted", assessed("submitted", 1), CHAIR, query=PRINT),
    Look("accreditation:receipt", assessed("submitted", 1), CHAIR),
    Look("accreditation:file", assessed("submitted", "submission", 1), CHAIR, status=503),
    Look("accreditation:review", assessed("submitted"), OFFICER),
    Look("accreditation:review", assessed("sent_back"), OF_HACKNEY),
    Look("accreditation:withdrawal", assessed("submitted"), CHAIR),
    Look("accreditation:withdrawal", assessed("submitted"), CHAIR, typed={"reason": ""}),
    Look("accreditation:withdrawal", assessed("decided"), CHAIR),
    Look("accreditation:appeal", assessed("decided"), CHAIR),
    Look("accreditation:appeal", assessed("decided"), CHAIR, typed={"grounds": ""}),
    Look("accreditation:appeal", assessed("submitted"), CHAIR),
    Look("accreditation:streamlining", assessment("draft"), "manager.london"),
    Look("accreditation:streamlining", assessment("draft"), "manager.london", typed={"reason": ""}),
    Look("accreditation:streamlining", assessment("decided"), "manager.london"),
]

AREAS = {
    "accreditation": ACCREDITATION,
    "public": PUBLIC,
    "editions": EDITIONS,
    "account": ACCOUNT,
    "inside": INSIDE,
    "editor": EDITOR,
    "imports": IMPORTS,
    "neighbourhoods": NEIGHBOURHOODS,
    "members": MEMBERS,
    "people": PEOPLE,
    "settings": SETTINGS,
    "seats": SEATS,
    "cases": CASES,
    "nation": NATION,
    "errors": ERRORS,
}


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """The name of every address that there is."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}"
