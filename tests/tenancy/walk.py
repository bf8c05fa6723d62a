"""Addresses of everything in Southwark, for the tests that walk all of it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accreditation import actions as accreditation
from accreditation import queries as accreditation_queries
from core.sheets import read
from documents.actions import receive
from documents.models import Document
from imports.actions import upload
from invitations.actions import invite
from invitations.keys import key_of
from partnerships.actions.composition import add_group
from partnerships.models import Appointment, Deed, Seat, Sitting
from partnerships.permissions import Role
from partnerships.queries.member_sheet import COLUMNS
from partnerships.tenancy.context import acting
from strategies import actions
from strategies.models import Action, Issue, Objective, Priority
from tests import assessing
from tests.assessing import a_round
from tests.members import furnish
from tests.places import enter_neighbourhood, name_contact
from tests.reviewing import KEYS, Office, keep_a_file
from tests.tenancy.policy import ALLAUTH
from tests.writing import write_strategy

MEMBERS = b"Sector,Position,Organisation,From\r\nResident,Resident of Walworth,,2006-01-31\r\n"

OF_A_NEIGHBOURHOOD = (
    "neighbourhood",
    "public_neighbourhood",
    "change_neighbourhood",
    "end_neighbourhood",
    "resume_neighbourhood",
    "change_neighbourhood_contact",
    "remove_neighbourhood_contact",
)

OF_A_MEMBER = (
    "member",
    "change_member_contact",
    "end_membership",
    "name_partner",
    "end_naming",
    "change_entry",
    "change_number",
    "duplicates",
    "merge",
    "undo_merge",
)

OF_A_SEAT = ("seat", "change_seat", "end_seat", "replacement", "substitute")


def routes(patterns: list, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry.url_patterns, inner)
        else:
            yield f"{namespace}{entry.name}", entry


def all_routes() -> dict[str, URLPattern]:
    """Every route by its full name."""
    return dict(routes(get_resolver().url_patterns))


@pytest.fixture
def addresses(world) -> dict[str, str]:
    """An address for every route, in Southwark, of things that exist."""
    strategy = write_strategy(world.southwark, world.officer)
    officer = world.access("officer")
    with acting(world.southwark.pk, by=world.officer.pk):
        edition, job = actions.publish(strategy=strategy, by=officer)
        document = Document.objects.create(
            partnership=world.southwark,
            title="Draft",
            name="draft.pdf",
            key="x.pdf",
            size=1,
            pages=1,
            sha256="0" * 64,
            job_id=job.pk,
        )
        kinds = {
            "issue": Issue.objects.get(),
            "priority": Priority.objects.get(),
            "objective": Objective.objects.get(),
            "action": Action.objects.get(),
        }
        uploaded = upload(
            partnership=world.southwark,
            file_name="members.csv",
            content=MEMBERS,
            sheet=read(MEMBERS, COLUMNS),
            by=officer,
        )
        invitation = invite(
            partnership=world.southwark, email=world.invited.email, name="Invited", role=Role.MEMBER, by=officer
        )
        sitting = Sitting.objects.filter(partnership=world.southwark).latest("pk")
        open_seat = Seat.objects.get(partnership=world.southwark, sittings=None)
        group = add_group(partnership=world.southwark, name="Young people", by=officer)
        last_deed = Deed.objects.latest("number").number  # a number that no other log has reached
    pk = {f"strategies:{name}": row.pk for name, row in kinds.items()}
    pk |= {"strategies:new_objective": kinds["priority"].pk, "strategies:new_action": kinds["objective"].pk}
    pk |= {"strategies:order": kinds["issue"].pk, "strategies:removal": kinds["issue"].pk}
    pk |= {"documents:download": document.pk, "jobs:job": job.pk, "jobs:attempt": job.pk}
    pk |= {f"imports:{name}": uploaded.pk for name in ("one", "errors", "confirmation", "removal")}
    with acting(world.southwark.pk):
        pk |= {"partnerships:end_appointment": Appointment.objects.get(person=world.rep).pk}
    pk |= {"partnerships:person": world.rep.pk, "partnerships:new_appointment": world.rep.pk}
    pk |= {"partnerships:person_data": world.rep.pk, "partnerships:anonymisation": world.rep.pk}
    pk |= {f"invitations:{name}": invitation.pk for name in ("invitation", "letter", "withdrawal")}
    neighbourhood = enter_neighbourhood(world.southwark, world.officer)
    name_contact(world.southwark, world.officer)
    name_contact(world.southwark, world.officer, neighbourhood=neighbourhood)
    pk |= {f"partnerships:{name}": neighbourhood.pk for name in OF_A_NEIGHBOURHOOD}
    pk |= {"partnerships:area": world.southwark.areas.get().pk}
    member = furnish(world.southwark, officer)
    pk |= {f"partnerships:{name}": member.membership.pk for name in OF_A_MEMBER}
    pk |= {"partnerships:known_member": member.second.pk}
    pk |= {f"partnerships:{name}": sitting.seat_id for name in OF_A_SEAT}
    pk |= {"partnerships:fill_seat": open_seat.pk}
    pk |= {f"partnerships:{name}": group.pk for name in ("named_group", "end_named_group")}
    reviewed = cases_in_southwark(world)
    pk |= reviewed.pk
    # over all partnerships
    pk |= {"national_round": a_round().pk}
    assessed = accreditation_of_southwark(world)
    pk |= assessed.pk
    values = {
        "slug": "southwark",
        "region": "london",
        **reviewed.values,
        **assessed.values,
        "sitting": sitting.pk,
        "naming": member.naming.pk,
        "other": member.second.pk,
        "merge": member.merge.pk,
        "strategy": strategy.pk,
        "number": edition.number,
        "uidb36": "1",
        "key": "set-password",
    }
    found = {}
    for name, route in all_routes().items():
        wanted = set(route.pattern.converters) | set(
            getattr(route.pattern, "regex", None).groupindex if name in ALLAUTH else {}
        )
        given = {**values, "pk": pk.get(name, 0), "kind": "vision" if name == "strategies:text" else "issues"}
        if name == "partnerships:deed":
            given["number"] = last_deed
        if name.startswith("accreditation:"):
            given |= {"kind": "submission", "number": 1}
        if name == "invitations:answer":
            given["key"] = key_of(invitation)
        found[name] = reverse(name, kwargs={key: given[key] for key in wanted | _outer(name)})
    return found


# A case in which each of its pages and deeds has something to do.
OF_A_CASE = {
    "queued": ("claim", "recusal", "assignment"),
    "claimed": (
        *("case", "evidence", "case_evidence", "case_file", "history", "dialogue", "entry", "correction"),
        *("release", "judgement", "sharing", "request", "recommendation"),
    ),
    "answered": ("changes",),
    "recommended": ("return", "decision"),
    "appealed": ("appeal",),
}


@dataclass
class Reviewed:
    """What stands in the addresses of cases: the number of the case by its route, and the rest by its name."""

    pk: dict[str, int]
    values: dict[str, object]


def cases_in_southwark(world) -> Reviewed:
    """A case for each of the states in `OF_A_CASE`, all but the first taken by the reviewer."""
    office = Office(world)
    with office.acting():
        made = {state: office.made(state, number) for number, state in enumerate(OF_A_CASE) if state != "answered"}
        made["answered"] = office.made("sent_back", len(OF_A_CASE))
        office.answer(made["answered"])
        entry = office.talk(made["claimed"])
        file = keep_a_file(made["claimed"])
    pk = {f"reviews:{name}": made[state].pk for state, names in OF_A_CASE.items() for name in names}
    return Reviewed(pk, {"section": KEYS[0], "entry": entry.pk, "upload": 1, "file": file.pk})


def accreditation_of_southwark(world) -> Reviewed:
    """A self-assessment just begun, with an action and a file; one that is submitted; a round that nobody has begun."""
    submitted = assessing.submitted(world, assessing.a_round("Before"))
    draft = assessing.started(world)
    officer = world.access("officer")
    with acting(world.southwark.pk, by=world.officer.pk):
        criterion = accreditation_queries.criteria_of(draft)[0]
        file = receive(partnership=world.southwark, file=SimpleUploadedFile("a.txt", b"Minutes."), by=officer)
        evidence = accreditation.add_file(
            assessment=draft, criterion=criterion, title="Minutes", upload=file, by=officer
        )
        action = assessing.plan_action(draft, officer)
        case = accreditation_queries.case_of(submitted)
    names = [name for name in all_routes() if name.startswith("accreditation:")]
    values = {"code": criterion.code, "evidence": evidence.pk, "action": action.pk, "case": case.pk}
    return Reviewed(dict.fromkeys(names, draft.pk), {**values, "round": assessing.a_round("Next").pk})


BELOW_A_PARTNERSHIP = {"strategies", "documents", "jobs", "imports", "invitations", "accreditation"}


def _outer(name: str) -> set[str]:
    """What the address takes from the include above the route."""
    return {"slug"} if name.partition(":")[0] in BELOW_A_PARTNERSHIP else set()
