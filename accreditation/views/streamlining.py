"""A manager of the Government Office chooses the path that a partnership takes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accreditation import actions, queries
from accreditation.forms import StreamliningForm
from accreditation.views.finding import find_assessment
from accreditation.views.saving import attempt
from accreditation.workflow import SELF_ASSESSMENT
from core.drafts import draft_of
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.pages import FORM, partnership_page


@partnership_page(Perm.COUNTERSIGN, FORM, inside=False)
def streamlining(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """The full path or the streamlined one, and why."""
    found = find_assessment(partnership, pk)
    form = StreamliningForm(request.POST or None, initial={"streamlined": "yes" if found.streamlined else "no"})
    tried = attempt(
        request,
        form,
        lambda form: actions.mark_streamlined(assessment=found, **form.values(), by=request.access),  # type: ignore[attr-defined]
    )
    if tried.done:
        words = (
            _("%(name)s takes the streamlined path.")
            if tried.result.streamlined
            else _("%(name)s takes the full path.")
        )
        messages.success(request, words % {"name": partnership.short_name}, extra_tags=draft_of(request))
        return redirect("accreditation:streamlining", partnership.slug, pk)
    context = {
        "table": partnership,
        "assessment": found,
        "before": queries.previous(found),
        "is_possible": found.state in SELF_ASSESSMENT["mark_streamlined"].from_states or request.method == "POST",
    }
    return tried.page(request, "accreditation/streamlining.html", context)
