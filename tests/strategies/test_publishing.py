"""Publishing: what is written becomes a numbered edition that nobody can change."""

import hashlib
import json
import re

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from core.refusals import Incomplete, NotPermitted, WrongState
from jobs.models import Job
from partnerships.models import Deed
from partnerships.tenancy.context import acting
from strategies import actions
from strategies.models import Edition, EditionFile, Strategy, Text
from tests.writing import press_publish, write_strategy


def publish(written, sign_in):
    """The officer publishes on the page, as it stands."""
    return press_publish(sign_in("officer"), written.page("publication"))


def rewrite(written, sign_in, body="Homes first.", version=2):
    """The chair writes another vision."""
    sent = {"body": body, "version": version}
    assert sign_in("chair").post(written.page("text", kind="vision"), sent).status_code == 302


def recomputed(edition):
    """The seal, calculated here from what is stored."""
    rows = json.dumps(edition.content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{rows}\n{edition.body}".encode()).hexdigest()


def test_the_page_asks_first_and_names_the_number(written, sign_in):
    page = sign_in("officer").get(written.page("publication")).content.decode()
    assert "Publish edition 1?" in page
    assert "It cannot be changed or taken back" in page
    assert not Edition.objects.exists()


def test_the_officer_publishes_edition_1(world, written, sign_in, deeds):
    response = publish(written, sign_in)
    assert response["Location"] == "/p/southwark/manage/strategy/editions/1/"
    edition = Edition.objects.get()
    assert (edition.number, edition.title, edition.published_by_name) == (1, "A place to stay", "Officer")
    assert "The words of Vision." in edition.body
    assert edition.sha256 == recomputed(edition)
    assert edition.demonstration is True  # the tests are one
    with acting(world.southwark.pk):
        assert Strategy.objects.get().state == "published"
        deed = Deed.objects.latest("number")
    assert (deed.verb, deed.changes["sha256"]) == ("strategies.published", [None, edition.sha256])
    job = Job.objects.get(kind="strategies.edition_pdf")
    assert (job.subject_id, job.state, job.asked_by, job.queue) == (edition.pk, "queued", world.officer, "reports")


def test_the_confirmation_says_number_seal_and_how_far_the_pdf_is(written, sign_in):
    page = press_publish(sign_in("officer"), written.page("publication"), follow=True).content.decode()
    edition, job = Edition.objects.get(), Job.objects.get()
    assert "Edition 1 is published" in page
    assert edition.sha256 in page
    assert "Its PDF is being made." in page
    assert reverse("jobs:job", args=["southwark", job.pk]) in page
    assert reverse("strategies:edition", args=["southwark", 1]) in page


def test_the_public_reads_it_at_once_and_the_pdf_says_to_wait(written, sign_in, client):
    publish(written, sign_in)
    page = client.get("/p/southwark/strategy/1/")
    assert page.status_code == 200
    assert Edition.objects.get().body in page.content.decode()
    pdf = client.get("/p/southwark/strategy/1/strategy.pdf")
    assert (pdf.status_code, pdf["Retry-After"]) == (503, "30")
    assert 'href="/p/southwark/strategy/1/"' in client.get("/p/southwark/strategy/").content.decode()
    for address in ("/p/southwark/strategy/2/", "/p/southwark/strategy/2/strategy.pdf", "/p/hackney/strategy/1/"):
        assert client.get(address).status_code == 404


def test_later_edits_do_not_change_edition_1(world, written, sign_in, client):
    publish(written, sign_in)
    before = Edition.objects.values().get()
    rewrite(written, sign_in)
    with acting(world.southwark.pk, by=world.officer.pk):
        assert Strategy.objects.get().state == "changed"
        actions.remove_part(part=written.priority, version=1, by=world.access("officer"))
    after = Edition.objects.get()
    assert Edition.objects.values().get() == before
    assert recomputed(after) == before["sha256"]
    page = client.get("/p/southwark/strategy/1/").content.decode()
    assert before["body"] in page
    assert "Homes first." not in page


def test_a_second_publication_makes_edition_2_and_leaves_edition_1(written, sign_in, client):
    publish(written, sign_in)
    first = Edition.objects.values().get()
    rewrite(written, sign_in)
    assert publish(written, sign_in)["Location"] == "/p/southwark/manage/strategy/editions/2/"
    second = Edition.objects.get(number=2)
    assert Edition.objects.values().get(number=1) == first
    assert "Homes first." in second.body
    assert second.sha256 == recomputed(second) != first["sha256"]
    assert first["body"] in client.get("/p/southwark/strategy/1/").content.decode()
    assert second.body in client.get("/p/southwark/strategy/2/").content.decode()
    assert Job.objects.filter(kind="strategies.edition_pdf").count() == 2


@pytest.mark.parametrize("method", ["get", "post"])
def test_where_nothing_changed_it_says_who_published_when(written, sign_in, deeds, method):
    publish(written, sign_in)
    before = deeds()
    response = getattr(sign_in("chair"), method)(written.page("publication"))
    page = response.content.decode()
    assert response.status_code == (409 if method == "post" else 200)
    assert "Nothing has changed since the last edition" in page
    assert "Edition 1 was published by Officer on" in page
    assert (Edition.objects.count(), Job.objects.count()) == (1, 1)
    assert deeds() == before


def test_a_save_that_changes_nothing_makes_no_second_edition(written, sign_in):
    rewrite(written, sign_in)
    publish(written, sign_in)
    sign_in("chair").post(written.page("text", kind="vision"), {"body": "Homes first.", "version": 3})
    assert publish(written, sign_in).status_code == 409


def test_what_is_incomplete_is_refused_with_every_gap(world, sign_in, deeds):
    strategy = write_strategy(world.southwark, world.officer, complete=False)
    with acting(world.southwark.pk, by=world.officer.pk):
        text = Text.objects.select_related("partnership").get(kind="foreword")
        actions.save_text(text=text, body="", version=text.version, by=world.access("officer"))
    before = deeds()
    url = reverse("strategies:publication", args=["southwark", strategy.pk])
    response = sign_in("officer").post(url)
    page = response.content.decode()
    assert response.status_code == 422
    assert "It cannot be published yet: 2 things are missing" in page
    for kind, title in (("foreword", "Foreword"), ("progress", "How we report progress")):
        address = reverse("strategies:text", args=["southwark", strategy.pk, kind])
        assert f'<a href="{address}#id_body">{title} is empty</a>' in page
    assert "<button" not in page.partition("<main")[2].partition("</main>")[0]
    assert not Edition.objects.exists()
    assert not Job.objects.exists()
    assert deeds() == before


def test_nobody_else_can_publish(written, closed_to_others):
    closed_to_others(written.page("publication"), {})
    assert not Edition.objects.exists()


def test_who_may_not_publish_reads_who_may(written, sign_in):
    page = sign_in("rep").get(written.page("strategy")).content.decode()
    assert "Publish an edition: The co-ordinating officer or the chair can do this." in page
    assert written.page("publication") not in page


def test_the_action_refuses_a_member_before_it_tells_the_state(world, written, sign_in):
    publish(written, sign_in)
    with acting(world.southwark.pk), pytest.raises(NotPermitted, match="The co-ordinating officer or the chair can"):
        actions.publish(strategy=written.strategy, by=world.access("rep"))


def test_the_action_refuses_what_is_published_and_what_has_gaps(world, written):
    officer = world.access("officer")
    with acting(world.southwark.pk, by=world.officer.pk):
        actions.publish(strategy=written.strategy, by=officer)
        with pytest.raises(WrongState, match="The state is “Published”"):
            actions.publish(strategy=written.strategy, by=officer)
        actions.remove_part(part=written.issue, version=1, by=officer)
        with pytest.raises(Incomplete, match="There is 1 thing to put right"):
            actions.publish(strategy=written.strategy, by=officer)


def test_numbers_count_within_one_partnership_over_all_its_strategies(world, written, sign_in):
    publish(written, sign_in)
    hackney = write_strategy(world.hackney, world.hackney_officer)
    with acting(world.hackney.pk, by=world.hackney_officer.pk):
        edition, _job = actions.publish(strategy=hackney, by=world.access("hackney_officer"))
    assert edition.number == 1
    rewrite(written, sign_in)
    publish(written, sign_in)
    assert list(Edition.objects.filter(partnership=world.southwark).values_list("number", flat=True)) == [1, 2]


@pytest.mark.parametrize(
    "attack",
    [
        lambda edition: Edition.objects.filter(pk=edition.pk).update(body="Forged"),
        lambda edition: edition.delete(),
        lambda edition: Edition.objects.all()._raw_delete("default"),
    ],
)
def test_postgresql_refuses_to_change_or_remove_an_edition(world, written, sign_in, attack):
    publish(written, sign_in)
    refused = pytest.raises(ProgrammingError, match="permission denied for table strategies_edition")
    with acting(world.southwark.pk), refused, transaction.atomic():
        attack(Edition.objects.get())


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"number": 1}, "one_edition_per_number"),
        ({"number": 0}, "editions_count_from_one"),
        ({"number": 2, "body": None}, "not-null"),
        ({"number": 2, "sha256": None}, "not-null"),
        ({"number": 2, "partnership": "hackney"}, "strategies_edition_strategy_same_partnership"),
    ],
)
def test_postgresql_refuses_a_half_written_edition(world, written, sign_in, changes, constraint):
    publish(written, sign_in)
    values = Edition.objects.values().get()
    del values["id"]
    if "partnership" in changes:
        changes = {**changes, "partnership": world.hackney}
        del values["partnership_id"]
    home = changes.get("partnership", world.southwark)
    with acting(home.pk), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Edition.objects.create(**{**values, **changes})


def test_an_edition_has_one_file(world, written, sign_in):
    publish(written, sign_in)
    edition = Edition.objects.get()
    file = {"edition": edition, "name": "a.pdf", "key": "a", "size": 1, "sha256": "0" * 64, "pages": 1}
    with acting(world.southwark.pk):
        EditionFile.objects.create(partnership=world.southwark, **file)
        with pytest.raises(IntegrityError, match="one_file_per_edition"), transaction.atomic():
            EditionFile.objects.create(partnership=world.southwark, **file)


def test_what_was_saved_after_the_page_was_opened_is_not_published(written, sign_in, deeds):
    url = written.page("publication")
    officer = sign_in("officer")
    shown = re.search(r'name="seen" value="(\w+)"', officer.get(url).content.decode())[1]
    rewrite(written, sign_in, "Half a sentence")
    before = deeds()
    response = officer.post(url, {"seen": shown})
    assert response.status_code == 409
    assert "A part was saved after you opened this page" in response.content.decode()
    assert Edition.objects.count() == 0
    assert deeds() == before
    assert press_publish(officer, url).status_code == 302
