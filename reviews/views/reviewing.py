"""The reviewer's work: judge sections, record conversations, show the review, ask for changes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import long_date, today
from core.drafts import draft_of
from core.refusals import Conflict, WrongState
from core.working_days import working_days_after
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.pages import FORM, partnership_page
from reviews import actions, queries
from reviews.content import Section
from reviews.forms.deeds import RequestForm, SharingForm
from reviews.forms.talks import DialogueForm, JudgementForm
from reviews.kinds import kind_of
from reviews.models import Case, DialogueEntry
from reviews.views import moves
from reviews.views.finding import find_case, find_entry
from reviews.views.frame import frame
from reviews.views.papers import evidence_urls
from reviews.views.saving import deed_page, not_now
from reviews.views.steps import page_of


@partnership_page(Perm.REVIEW, FORM, inside=False)
def judgement(request: HttpRequest, partnership: Partnership, pk: int, section: str) -> HttpResponse:
    """One section and what the reviewer thinks of it. Where somebody saved first, both stand side by side."""
    found, by = find_case(partnership, pk), request.access  # type: ignore[attr-defined]
    part = _section(found, section)
    stored = queries.judgements_of(found).get(section)
    scale = kind_of(found).scale(found)
    form = JudgementForm(request.POST or None, scale=scale, initial=JudgementForm.initial_of(stored))
    form.helper.form_id = "judgement"
    conflict: Conflict | None = None
    try:
        moves.check("judge", found, by)
        if request.method == "POST" and form.is_valid():
            typed = {**form.cleaned_data, "version": form.cleaned_data["version"] or 0}
            actions.judge(case=found, section=section, **typed, by=by)
            words = _("Your judgement of “%(title)s” is saved.") % {"title": part.title}
            messages.success(request, words, extra_tags=draft_of(request))
            return redirect(f"{page_of(found)}#section-{section}")
    except Conflict as refused:
        conflict = refused
        form.data = _against(form.data, refused.version)  # type: ignore[arg-type]
    except WrongState as late:
        return not_now(request, found, late)
    labels = {choice.code: choice.label for choice in scale}
    context = {
        "case": found,
        "section": part,
        "form": form,
        "conflict": conflict,
        "differences": _differences(conflict, labels) if conflict else [],
        "evidence_urls": evidence_urls(found, [part]),
        "back": f"{page_of(found)}#section-{section}",
    }
    return TemplateResponse(request, "reviews/judgement.html", context, status=conflict.status if conflict else 200)


def _section(case: Case, key: str) -> Section:
    """A section of the last submission, or 404."""
    found = queries.content_of(queries.last_submission(case)).section(key)
    if found is None:
        raise Http404
    return found


def _against(data: Any, version: int) -> Any:
    """What was typed, now against the version shown beside it: saving again is a decision."""
    typed = data.copy()
    typed["version"] = str(version)
    return typed


def _differences(conflict: Conflict, labels: dict[str, str]) -> list[dict[str, str]]:
    """Each of the two that differs: what is stored, and what was typed."""
    mine: dict[str, str] = conflict.mine  # type: ignore[assignment]
    theirs: dict[str, str] = conflict.theirs  # type: ignore[assignment]
    names = {"judgement": _("Judgement"), "comment": _("Comment")}
    return [
        {"label": label, "mine": labels.get(mine[name], mine[name]), "theirs": labels.get(theirs[name], theirs[name])}
        for name, label in names.items()
        if mine[name] != theirs[name]
    ]


@partnership_page(Perm.VIEW_CASES, inside=False)
def dialogue(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """What was said about the case, by whom, when; and for the reviewer a form for what was said last."""
    found, by = find_case(partnership, pk), request.access  # type: ignore[attr-defined]
    context = frame(request, found, "dialogue")
    entries = list(queries.dialogue_of(found, by))
    corrected = {entry.corrects_id: entry for entry in reversed(entries) if entry.corrects_id}
    records = moves.may("log_dialogue", found, by) and not context["steps"].interest
    form = DialogueForm(initial={"on": today()})
    form.helper.form_action = page_of(found, "entry")
    context |= {
        "entries": [{"entry": entry, "corrected_by": corrected.get(entry.pk)} for entry in entries],
        "form": form if records else None,
    }
    return TemplateResponse(request, "reviews/dialogue.html", context)


@partnership_page(Perm.REVIEW, FORM, inside=False)
def entry(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Record a conversation."""
    found = find_case(partnership, pk)
    form = DialogueForm(request.POST or None, initial={"on": today()})
    return _record(request, found, form, {"heading": _("Record a conversation")}, None)


@partnership_page(Perm.REVIEW, FORM, inside=False)
def correction(request: HttpRequest, partnership: Partnership, pk: int, entry: int) -> HttpResponse:
    """Put an entry of the dialogue right. What was recorded first stays, with the correction beside it."""
    found = find_case(partnership, pk)
    wrong = find_entry(found, entry)
    form = DialogueForm(request.POST or None, initial=DialogueForm.initial_of(wrong))
    return _record(request, found, form, {"heading": _("Put an entry right"), "entry": wrong}, wrong)


def _record(
    request: HttpRequest, case: Case, form: DialogueForm, context: dict[str, Any], corrects: DialogueEntry | None
) -> HttpResponse:
    def do() -> str:
        actions.log_dialogue(case=case, **form.cleaned_data, corrects=corrects, by=request.access)  # type: ignore[attr-defined]
        return _("It is recorded.")

    done = page_of(case, "dialogue")
    template = "reviews/entry.html"
    return deed_page(request, case, "log_dialogue", form, do, template=template, context=context, done=done)


@partnership_page(Perm.REVIEW, FORM, inside=False)
def sharing(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Show the partnership what the reviewer sees, or show it no longer."""
    found, by = find_case(partnership, pk), request.access  # type: ignore[attr-defined]
    showing = found.shared_at is None
    form = SharingForm(request.POST or None, showing=showing)

    def do() -> str:
        actions.share(case=found, shared=form.cleaned_data["shared"] == "yes", by=by)
        return _("The partnership sees the review.") if showing else _("The partnership sees the review no longer.")

    open_entries = queries.dialogue_of(found, by).filter(confidential=False).count()
    context = {
        "heading": _("Show the review to the partnership?") if showing else _("Hide the review from the partnership?"),
        "follows": _what_is_shown(found, open_entries) if showing else [_("What it has read, it has read.")],
    }
    return deed_page(request, found, "share", form, do, template="reviews/deed.html", context=context)


def _what_is_shown(case: Case, open_entries: int) -> list[str]:
    said = ngettext("%(count)d open entry", "%(count)d open entries", open_entries) % {"count": open_entries}
    return [
        _("%(name)s reads your judgements and comments as they are, and as you go on with them.")
        % {"name": case.partnership.name},
        _("It reads the dialogue, %(entries)s. What is confidential it never sees.") % {"entries": said},
        _("You can hide it again. It does not see what you recommend."),
    ]


@partnership_page(Perm.REVIEW, FORM, inside=False)
def request_changes(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Ask for changes of some sections by a day. The others stay locked."""
    found, by = find_case(partnership, pk), request.access  # type: ignore[attr-defined]
    content = queries.content_of(queries.last_submission(found))
    days = kind_of(found).answer_days(found)
    usual = working_days_after(today(), days)
    initial = {"answer_by": usual, "sections": request.GET.getlist("section")}
    form = RequestForm(request.POST or None, sections=content.sections, initial=initial)
    hint = _("%(days)d working days are usual: %(day)s") % {"days": days, "day": long_date(usual)}
    form.fields["answer_by"].help_text = hint

    def do() -> str:
        actions.ask_changes(case=found, **form.cleaned_data, by=by)
        return _("It is sent back. The chair and the officers are told by e-mail.")

    context = {
        "heading": _("Ask for changes"),
        "follows": [
            _("The partnership can change the sections you choose, and only those."),
            _("The chair submits again; you then see what has changed."),
            _("The day to decide by does not move: %(day)s.") % {"day": long_date(found.due_on)},
        ],
    }
    return deed_page(request, found, "ask_changes", form, do, template="reviews/deed.html", context=context)
