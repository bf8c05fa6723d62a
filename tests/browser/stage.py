"""What stands behind the pages: four tables of the demonstration, and one of everything that a page can show."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

import accreditation.actions
import accreditation.actions.reference
import accreditation.queries
import partnerships.actions.reference
import reviews.actions
import themes.actions
from accounts.models import Person
from accreditation.models import Round
from core.dates import today
from documents.actions import keep
from documents.engine import Pdf
from documents.models import Document
from imports.models import MemberImport
from invitations.actions import invite
from invitations.queries import invitations_of
from jobs import actions as jobs
from jobs.models import Job
from lsp.demonstration import assessed, invited, neighbourhoods, people, tables, texts
from lsp.demonstration.cast import PASSWORD
from partnerships.actions.closing import end
from partnerships.actions.neighbourhoods import end_neighbourhood
from partnerships.actions.partnerships import found
from partnerships.actions.roles import appoint, end_appointment
from partnerships.models import Authority, Neighbourhood, Partnership
from partnerships.permissions import Role
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from strategies import actions
from strategies.actions.files import attach_file
from strategies.models import Action, Edition, Issue, Objective, Priority, Strategy
from tests.browser.accrediting import Accrediting, furnish_accreditation
from tests.browser.casework import Casework, furnish_cases
from tests.browser.protected import protect
from tests.browser.seating import Seating, furnish_seats
from tests.browser.uploads import furnish_imports
from tests.members import Member
from tests.members import furnish as furnish_member
from tests.places import enter_neighbourhood, load_ranks

SYSTEM = Access.of_system("Test")
# Southwark's strategy is published and long, Islington's published and short, Hackney's has gaps; the others have none.
DEMONSTRATED = ("Southwark", "Hackney", "Islington", "Lewisham", "Newham")
NOT_A_REAL_PDF = Pdf(content=b"%PDF-1.7\n%%EOF\n", pages=21)


@dataclass
class Stage:
    """The partnerships by slug, and the rows whose numbers stand in addresses."""

    partnerships: dict[str, Partnership]
    strategies: dict[str, Strategy]
    jobs: dict[str, Job] = field(default_factory=dict)
    member: Member | None = None
    document: Document | None = None
    seating: Seating | None = None
    imports: dict[str, MemberImport] = field(default_factory=dict)
    neighbourhoods: dict[str, int] = field(default_factory=dict)
    invitations: dict[str, Any] = field(default_factory=dict)
    casework: Casework | None = None
    round: Round | None = None
    accreditation: Accrediting | None = None

    def person(self, name: str) -> Person:
        """Somebody by the first half of their address: `officer.southwark`."""
        return Person.objects.get(email=f"{name}@example.org")

    def part(self, kind: str, slug: str = "southwark") -> int:
        """The number of the first issue, priority, objective or action of a partnership's strategy."""
        model = {"issues": Issue, "priorities": Priority, "objectives": Objective, "actions": Action}[kind]
        partnership = self.partnerships[slug]
        with acting(partnership.pk):
            return model.objects.filter(partnership=partnership).order_by("pk").values_list("pk", flat=True)[0]


def build() -> Stage:
    """The demonstration's tables, cast and strategies, by its own functions; PDFs are asked for but not made."""
    partnerships.actions.reference.load_reference()
    accreditation.actions.load_reference()
    themes.actions.load_reference()
    accreditation.actions.reference.load_reference()
    entered = tables.Tables(SYSTEM)
    for authority in tables.areas().filter(name__in=DEMONSTRATED):
        entered.enter(authority)
    people.appoint_cast(SYSTEM)
    invited.invite_some()
    texts.write_all()
    neighbourhoods.name_all()
    found_by_slug = {row.slug: row for row in Partnership.objects.select_related("region", "accountable_body")}
    strategies = {}
    for slug, partnership in found_by_slug.items():
        with acting(partnership.pk):
            if strategy := Strategy.objects.filter(partnership=partnership).first():
                strategies[slug] = strategy
    return Stage(found_by_slug, strategies)


def furnish(stage: Stage) -> None:
    """Add what the demonstration lacks: an empty table, a strategy just begun, jobs in every state, a document."""
    empty_table(stage)
    _begin_strategy(stage)
    _settle(stage)
    _end(stage)
    Person.objects.create_user("nobody@example.org", "Nobody in particular")
    protect(stage.person("finance.southwark"))
    leave(stage)
    _invite(stage)
    southwark = stage.partnerships["southwark"]
    officer = Access.of(stage.person("officer.southwark"))
    stage.member = furnish_member(southwark, officer)
    stage.imports = furnish_imports(southwark, officer)
    stage.seating = furnish_seats(southwark, officer)
    stage.casework = furnish_cases(stage)
    _decide_about_newham(stage)
    stage.accreditation = furnish_accreditation(stage)
    with acting(southwark.pk, by=officer.person_id):
        stage.jobs = {state: _job(stage.strategies["southwark"], state, officer) for state in Job.State}
        edition = Edition.objects.get(partnership=southwark)
        made = Job.objects.filter(kind="strategies.edition_pdf", subject_id=edition.pk).get()
        attach_file(edition=edition, pdf=NOT_A_REAL_PDF, job=_claimed(made))
        stage.document = keep(
            job=_claimed(jobs.queue("strategies.draft_pdf", partnership=southwark, subject_id=1, by=officer)),
            pdf=NOT_A_REAL_PDF,
            title="A draft",
            name="draft.pdf",
        )


def _invite(stage: Stage) -> None:
    """Somebody with an account, besides the two invitations that the demonstration has."""
    southwark, by = stage.partnerships["southwark"], Access.of(stage.person("officer.southwark"))
    member = stage.person("member.jobcentre")
    with acting(southwark.pk, by=by.person_id):
        stage.invitations = {row.state: row for row in invitations_of(southwark)}
        stage.invitations["known"] = invite(
            partnership=southwark, email=member.email, name=member.name, role=Role.CVS, by=by
        )


def empty_table(stage: Stage) -> None:
    """Barnsley’s, at which nobody sits."""
    area = Authority.objects.get(name="Barnsley")
    stage.partnerships["barnsley"] = partnership = found(
        name="Barnsley Local Strategic Partnership", short_name="Barnsley", slug="barnsley", areas=[area], by=SYSTEM
    )
    _appoint_officer(partnership)


def _end(stage: Stage) -> None:
    """Two that have ended, one of them in favour of another; and one that is about to."""
    for name, successor in (("Camden", "islington"), ("Lambeth", None), ("Haringey", None)):
        area = Authority.objects.get(name=name)
        title = f"{name} Local Strategic Partnership"
        made = found(name=title, short_name=name, slug=name.lower(), areas=[area], by=SYSTEM)
        stage.partnerships[made.slug] = made
        _appoint_officer(made)
        day = today() if name != "Haringey" else today() + datetime.timedelta(days=30)
        heir = stage.partnerships[successor] if successor else None
        end(partnership=made, on=day, reason="The boroughs work as one", successor=heir, by=SYSTEM)


def _decide_about_newham(stage: Stage) -> None:
    """The demonstration's round, in which Newham was decided about, and appeals."""
    stage.round, newham = assessed.open_the_round(), stage.partnerships["newham"]
    assessed.tell(newham, stage.round, SYSTEM)
    chair = Access.of(stage.person("chair.newham"))
    with acting(newham.pk, by=chair.person_id):
        (assessment,) = accreditation.queries.assessments_of(newham)
        case = accreditation.queries.case_of(assessment)
        assert case is not None
        reviews.actions.appeal(case=case, grounds="The **count** of autumn was not read.", by=chair)


def _begin_strategy(stage: Stage) -> None:
    partnership = stage.partnerships["lewisham"]
    by = Access.of(_appoint_officer(partnership))
    with acting(partnership.pk, by=by.person_id):
        stage.strategies["lewisham"] = actions.start(
            partnership=partnership,
            title="Just begun",
            subtitle="Lewisham’s Community Strategy 2006 to 2016",
            period_from=datetime.date(2006, 4, 1),
            period_until=datetime.date(2016, 3, 31),
            by=by,
        )


def _settle(stage: Stage) -> None:
    """Ranks of two editions; a neighbourhood with areas of here, of elsewhere and of nowhere; one that has ended."""
    load_ranks(2019, count=40, name="Southwark 001A")
    load_ranks(2004, count=30, authority="00AM")
    southwark, officer = stage.partnerships["southwark"], stage.person("officer.southwark")
    codes = [f"E01{number:06}" for number in (1, 2, 3, 5, 8, 13, 21, 34, 999)]
    enter_neighbourhood(southwark, officer, name="Elephant", about="Round the **roundabout**.", codes=codes)
    ended = enter_neighbourhood(southwark, officer, name="Ended", codes=[])
    by = Access.of(officer)
    with acting(southwark.pk, by=officer.pk):
        end_neighbourhood(neighbourhood=ended, on=datetime.date(2006, 3, 31), reason="Renewed", by=by)
        stage.neighbourhoods = dict(Neighbourhood.objects.filter(partnership=southwark).values_list("name", "pk"))


def leave(stage: Stage) -> Person:
    """Somebody had a role in Southwark and has none any more."""
    southwark = stage.partnerships["southwark"]
    former = Person.objects.create_user("former.member@example.org", "Former, Of Southwark", PASSWORD)
    with acting(southwark.pk):
        role = appoint(
            partnership=southwark, person=former, role=Role.MEMBER, starts_on=datetime.date(2005, 4, 1), by=SYSTEM
        )
        end_appointment(appointment=role, on=datetime.date(2006, 4, 1), reason="Moved away", by=SYSTEM)
    return former


def _appoint_officer(partnership: Partnership) -> Person:
    person = Person.objects.create_user(f"officer.{partnership.slug}@example.org", f"Officer, {partnership.short_name}")
    with acting(partnership.pk):
        appoint(
            partnership=partnership, person=person, role=Role.OFFICER, starts_on=datetime.date(2005, 4, 1), by=SYSTEM
        )
    return person


def _job(strategy: Strategy, state: str, by: Access) -> Job:
    job = jobs.queue("strategies.draft_pdf", partnership=strategy.partnership, subject_id=strategy.pk, by=by)
    if state == Job.State.QUEUED:
        return job
    job = _claimed(job)
    if state == Job.State.RUNNING:
        jobs.progress(job, 2, 7)
    elif state == Job.State.DONE:
        jobs.finish(job, strategy.pk)
    else:
        Job.objects.filter(pk=job.pk).update(
            state=state, attempts=5, error="MemoryError", finished_at=timezone.now(), not_before=timezone.now()
        )
    return job


def _claimed(job: Job) -> Job:
    claimed = jobs.claim(job.pk)
    assert claimed is not None
    return claimed
