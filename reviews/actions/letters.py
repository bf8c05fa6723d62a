"""Letters are written down in the transaction of the deed that they tell of, each once, and sent by jobs."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import Person
from jobs import actions as jobs
from reviews.actions.rules import CLOCK, hold
from reviews.models import Case, Decision, Letter, Submission
from reviews.queries import chair_and_officers, impartial, office_of


@transaction.atomic
def write(case: Case, kind: str, number: int, people: Iterable[Person]) -> list[Letter]:
    """Have a letter sent to each of these people, who gets one of a kind and number, however often this is called.

    In the transaction of the caller, by a job for each. Gives the letters that were new.
    """
    held = hold(case)  # whoever writes at the same moment waits, and finds them
    wanted = {person.pk: person for person in people if person.is_active}
    rows = Letter.objects.filter(partnership=held.partnership_id, case=held, kind=kind, number=number)
    there = set(rows.values_list("to_id", flat=True))
    letters = Letter.objects.bulk_create(
        Letter(partnership_id=held.partnership_id, case=held, kind=kind, number=number, to=person)
        for pk, person in wanted.items()
        if pk not in there
    )
    for letter in letters:
        jobs.queue("reviews.letter", partnership=held.partnership_id, subject_id=letter.pk, by=CLOCK)
    return letters


@transaction.atomic
def route(submission: Submission) -> None:
    """Tell the office of what has arrived: everybody who may take it, or the reviewer who has it. And the partnership.

    A second run finds it done.
    """
    held = hold(submission.case)
    kind = "submitted" if submission.number == 1 else "answered"
    write(held, "receipt", submission.number, chair_and_officers(held.partnership))
    told = Letter.objects.filter(partnership=held.partnership_id, case=held, kind=kind, number=submission.number)
    if held.is_open and not told.exists():
        write(held, kind, submission.number, [held.reviewer] if held.reviewer else impartial(office_of(held), held))
    if held.routed_at is None:
        held.routed_at = timezone.now()
        held.save(update_fields=["routed_at"])


def tell_decision(decision: Decision) -> list[Letter]:
    """Send the partnership what was decided, with its papers: once they are made. A second call writes nothing."""
    return write(decision.case, "decision", decision.number, chair_and_officers(decision.case.partnership))


def mark_sent(letter: Letter) -> None:
    """Note that a letter has gone."""
    Letter.objects.filter(partnership=letter.partnership_id, pk=letter.pk, sent_at=None).update(sent_at=timezone.now())
