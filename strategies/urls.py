"""Addresses of strategies: the public's editions, and below `manage/` the editor. A deed has a noun for an address."""

from django.urls import path

from strategies.views import editing, overview, publishing, reading

app_name = "strategies"

EDITOR = "manage/strategy/"
ONE = f"{EDITOR}<int:strategy>/"

urlpatterns = [
    # what the public reads
    path("strategy/", reading.editions, name="editions"),
    path("strategy/<int:number>/", reading.edition, name="edition"),
    path("strategy/<int:number>/strategy.pdf", reading.edition_pdf, name="edition_pdf"),
    # the editor
    path(EDITOR, overview.editor, name="editor"),
    path(f"{EDITOR}new/", overview.new, name="new"),
    path(ONE, overview.strategy_tasks, name="strategy"),
    path(f"{ONE}issues/", overview.issues, name="issues"),
    path(f"{ONE}priorities/", overview.priorities, name="priorities"),
    path(f"{ONE}details/", editing.details, name="details"),
    path(f"{ONE}text/<slug:kind>/", editing.text, name="text"),
    path(f"{ONE}issues/new/", editing.new_issue, name="new_issue"),
    path(f"{ONE}issues/<int:pk>/", editing.issue, name="issue"),
    path(f"{ONE}priorities/new/", editing.new_priority, name="new_priority"),
    path(f"{ONE}priorities/<int:pk>/", editing.priority, name="priority"),
    path(f"{ONE}priorities/<int:pk>/objectives/new/", editing.new_objective, name="new_objective"),
    path(f"{ONE}objectives/<int:pk>/", editing.objective, name="objective"),
    path(f"{ONE}objectives/<int:pk>/actions/new/", editing.new_action, name="new_action"),
    path(f"{ONE}actions/<int:pk>/", editing.action, name="action"),
    path(f"{ONE}<slug:kind>/<int:pk>/order/", editing.order, name="order"),
    path(f"{ONE}<slug:kind>/<int:pk>/removal/", editing.removal, name="removal"),
    path(f"{ONE}preview/", publishing.preview, name="preview"),
    path(f"{ONE}draft-pdf/", publishing.draft_pdf, name="draft_pdf"),
    path(f"{ONE}publication/", publishing.publication, name="publication"),
    path(f"{EDITOR}editions/<int:number>/", publishing.published, name="published"),
]
