"""Addresses of the Government Office's queue, and of each case inside its partnership. A deed has a noun for one."""

from django.urls import path

from reviews.views import case, deciding, papers, queue, reviewing, taking

app_name = "reviews"

CASES = "p/<slug:slug>/manage/cases/"
ONE = f"{CASES}<int:pk>/"

urlpatterns = [
    path("office/<slug:region>/queue/", queue.queue, name="queue"),
    path("office/<slug:region>/workload/", queue.workload, name="workload"),
    # one case, to be read
    path(CASES, case.cases, name="cases"),
    path(ONE, case.case, name="case"),
    path(f"{ONE}evidence/", papers.evidence, name="evidence"),
    path(f"{ONE}evidence/<int:upload>/", papers.case_evidence, name="case_evidence"),
    path(f"{ONE}files/<int:file>/", papers.case_file, name="case_file"),
    path(f"{ONE}changes/", papers.changes, name="changes"),
    path(f"{ONE}history/", papers.history, name="history"),
    path(f"{ONE}dialogue/", reviewing.dialogue, name="dialogue"),
    # deeds
    path(f"{ONE}claim/", taking.claim, name="claim"),
    path(f"{ONE}assignment/", taking.assignment, name="assignment"),
    path(f"{ONE}release/", taking.release, name="release"),
    path(f"{ONE}recusal/", taking.recusal, name="recusal"),
    path(f"{ONE}judgement/<str:section>/", reviewing.judgement, name="judgement"),
    path(f"{ONE}dialogue/new/", reviewing.entry, name="entry"),
    path(f"{ONE}dialogue/<int:entry>/correction/", reviewing.correction, name="correction"),
    path(f"{ONE}sharing/", reviewing.sharing, name="sharing"),
    path(f"{ONE}request/", reviewing.request_changes, name="request"),
    path(f"{ONE}recommendation/", deciding.recommendation, name="recommendation"),
    path(f"{ONE}return/", deciding.return_page, name="return"),
    path(f"{ONE}decision/", deciding.decision, name="decision"),
    path(f"{ONE}appeal/", deciding.appeal, name="appeal"),
]
