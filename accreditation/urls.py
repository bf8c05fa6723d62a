"""Addresses of a partnership's own accreditation, below its internal pages. A deed has a noun for an address."""

from django.urls import path

from accreditation.views import (
    criteria,
    decisions,
    evidence,
    overview,
    plan,
    scoring,
    streamlining,
    submissions,
    submitting,
    tasks,
)

app_name = "accreditation"

ONE = "<int:pk>/"
CRITERION = f"{ONE}criteria/<slug:code>/"
ACTION = f"{ONE}plan/<int:action>/"
CASE = "cases/<int:case>/"
SUBMISSION = f"{CASE}submissions/<int:number>/"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("rounds/<int:round>/new/", overview.new, name="new"),
    # one self-assessment
    path(ONE, tasks.assessment, name="assessment"),
    path(f"{ONE}changes/", criteria.changes, name="changes"),
    path(CRITERION, criteria.criterion, name="criterion"),
    path(f"{CRITERION}score/", scoring.score, name="score"),
    path(f"{CRITERION}evidence/", evidence.evidence, name="evidence"),
    path(f"{ONE}evidence/<int:evidence>/", evidence.evidence_file, name="evidence_file"),
    path(f"{ONE}evidence/<int:evidence>/removal/", evidence.evidence_removal, name="evidence_removal"),
    path(f"{ONE}plan/", plan.plan, name="plan"),
    path(f"{ONE}plan/new/", plan.new_action, name="new_action"),
    path(ACTION, plan.action, name="action"),
    path(f"{ACTION}removal/", plan.action_removal, name="action_removal"),
    path(f"{ACTION}progress/", plan.progress, name="progress"),
    path(f"{ONE}check/", submitting.check, name="check"),
    path(f"{ONE}sign-off/", submitting.sign_off, name="sign_off"),
    path(f"{ONE}submission/", submitting.submission, name="submission"),
    path(f"{ONE}streamlining/", streamlining.streamlining, name="streamlining"),
    # what was submitted, and what became of it
    path(SUBMISSION, submissions.submitted, name="submitted"),
    path(f"{SUBMISSION}receipt/", submissions.receipt, name="receipt"),
    path(f"{CASE}files/<slug:kind>/<int:number>/", submissions.file, name="file"),
    path(f"{CASE}review/", decisions.review, name="review"),
    path(f"{CASE}withdrawal/", decisions.withdrawal, name="withdrawal"),
    path(f"{CASE}appeal/", decisions.appeal, name="appeal"),
]
