"""The e-mails about cases. Facts, a link and, with a decision, its papers; never what is confidential."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import storages
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.dates import date_time, long_date
from core.refusals import Text
from reviews.kinds import kind_of
from reviews.models import Case, CaseFile, ChangeRequest, Decision, Letter, Notice, Submission


@dataclass(frozen=True)
class Words:
    """What a kind of letter says. `to_office` leads to the page of the office, otherwise to that of the partnership."""

    subject: Text
    said: Text
    to_office: bool = True


KINDS: Mapping[str, Words] = {
    "submitted": Words(
        _("%(name)s: %(title)s waits in the queue"),
        _("%(partnership)s has submitted this: %(title)s. It is to be decided by %(due_on)s. Nobody has taken it yet."),
    ),
    "answered": Words(
        _("%(name)s: %(title)s was submitted again"),
        _("%(partnership)s has answered what was asked: %(title)s. It is to be decided by %(due_on)s."),
    ),
    "receipt": Words(
        _("%(name)s: receipt %(reference)s"),
        _(
            "%(title)s was submitted on %(submitted_at)s. The reference is %(reference)s. "
            "The Government Office is to decide by %(due_on)s."
        ),
        to_office=False,
    ),
    "assigned": Words(
        _("%(name)s: %(title)s was assigned to you"),
        _("You review this: %(title)s of %(partnership)s. It is to be decided by %(due_on)s."),
    ),
    "changes_asked": Words(
        _("%(name)s: changes are asked of %(title)s, by %(answer_by)s"),
        _(
            "The Government Office asks for changes: %(title)s. The sections that it names can be changed until it is "
            "submitted again, which is to be by %(answer_by)s."
        ),
        to_office=False,
    ),
    "recommended": Words(
        _("%(name)s: %(title)s waits for a countersign"),
        _("An outcome is recommended: %(title)s of %(partnership)s. A manager countersigns it, or returns it."),
    ),
    "returned": Words(
        _("%(name)s: your recommendation was returned"),
        _("A manager has returned your recommendation, and says why: %(title)s of %(partnership)s."),
    ),
    "decision": Words(
        _("%(name)s: decision %(reference)s"),
        _("A decision has been made: %(title)s. The letter is attached. The reference is %(reference)s."),
        to_office=False,
    ),
    "waits_again": Words(
        _("%(name)s: %(title)s waits in the queue again"),
        _("Nobody reviews this any more: %(title)s of %(partnership)s. It is to be decided by %(due_on)s."),
    ),
    "withdrawn": Words(
        _("%(name)s: %(title)s was withdrawn"),
        _("%(partnership)s has withdrawn what it had submitted: %(title)s. There is nothing more to review."),
    ),
    "appealed": Words(
        _("%(name)s: an appeal was made"),
        _("%(partnership)s appeals against the decision: %(title)s. The national team answers."),
    ),
    "appeal_dismissed": Words(
        _("%(name)s: the appeal was answered"),
        _("The national team has answered the appeal: %(title)s. The decision stands."),
        to_office=False,
    ),
    "due_soon": Words(
        _("%(name)s: %(title)s is to be decided by %(due_on)s"),
        _("This is to be decided by %(due_on)s: %(title)s of %(partnership)s."),
    ),
    "late": Words(
        _("%(name)s: %(title)s is late"),
        _("This was to be decided by %(due_on)s: %(title)s of %(partnership)s."),
    ),
    "escalated": Words(
        _("%(name)s: %(title)s is more than a week late"),
        _("This was to be decided by %(due_on)s, and is not: %(title)s of %(partnership)s. A manager can assign it."),
    ),
    "answer_due": Words(
        _("%(name)s: changes of %(title)s are due by %(answer_by)s"),
        _("The Government Office waits for changes until %(answer_by)s: %(title)s."),
        to_office=False,
    ),
    "answer_late": Words(
        _("%(name)s: changes of %(title)s are late"),
        _("The Government Office asked for changes by %(answer_by)s: %(title)s. They can still be submitted."),
        to_office=False,
    ),
    "review_due": Words(
        _("%(name)s: the next review is on %(next_review_on)s"),
        _("The next review is on %(next_review_on)s: %(title)s."),
        to_office=False,
    ),
    "review_due_office": Words(
        _("%(name)s: the next review is on %(next_review_on)s"),
        _("The next review is on %(next_review_on)s: %(title)s of %(partnership)s."),
    ),
}


def email(letter: Letter) -> EmailMessage:
    """The e-mail of a letter. A second one has the same Message-ID, by which mail servers know it.

    Its partnership is open.
    """
    words, facts = KINDS[letter.kind], _facts(letter)
    page = _office_page(letter.case) if words.to_office else kind_of(letter.case).page(letter.case)
    context = {"said": words.said % facts, "url": settings.SITE_URL + page}
    message = EmailMessage(
        subject=" ".join((words.subject % facts).split()),
        body=render_to_string("reviews/letters/letter.txt", context),
        to=[letter.to.email],
        headers={"Message-ID": f"<{letter.message_id}@{urlsplit(settings.SITE_URL).hostname}>"},
    )
    for file in _papers(letter):
        with storages["private"].open(file.key) as content:
            message.attach(file.name, content.read(), file.content_type)
    return message


def _office_page(case: Case) -> str:
    return reverse("reviews:case", args=[case.partnership.slug, case.pk])


def _facts(letter: Letter) -> dict[str, Any]:
    """What the words of this kind of letter name."""
    case = letter.case
    here = {"partnership": case.partnership_id, "case": case}
    facts = {
        "name": case.partnership.short_name,
        "partnership": case.partnership.name,
        "title": case.title,
        "due_on": long_date(case.due_on),
    }
    if letter.kind == "receipt":
        submission = Submission.objects.only("reference", "submitted_at").get(**here, number=letter.number)
        facts |= {"reference": submission.reference, "submitted_at": date_time(submission.submitted_at)}
    elif letter.kind == "decision":
        facts["reference"] = Decision.objects.get(**here, number=letter.number).reference
    elif letter.kind == "changes_asked":
        facts["answer_by"] = long_date(ChangeRequest.objects.get(**here, pk=letter.number).answer_by)
    elif letter.kind in {"answer_due", "answer_late", "review_due", "review_due_office"}:
        day = long_date(Notice.objects.get(**here, pk=letter.number).day)
        facts |= {"answer_by": day, "next_review_on": day}
    return facts


def _papers(letter: Letter) -> list[CaseFile]:
    """What is attached: the letter of a decision, and the certificate, if it comes with one."""
    if letter.kind != "decision":
        return []
    kinds = [CaseFile.Kind.LETTER, CaseFile.Kind.CERTIFICATE]
    files = CaseFile.objects.filter(
        partnership=letter.partnership_id, case=letter.case_id, number=letter.number, kind__in=kinds
    )
    return sorted(files, key=lambda file: kinds.index(CaseFile.Kind(file.kind)))
