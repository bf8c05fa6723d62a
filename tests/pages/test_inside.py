"""Pages of people who are signed in: my partnerships, my account, a partnership's overview."""

import pytest

from jobs.models import Job
from partnerships.tenancy.context import acting
from strategies import actions
from tests.pages.conftest import words
from tests.writing import write_strategy

INSIDE = ["/mine/", "/accounts/", "/p/southwark/manage/"]


@pytest.mark.parametrize("address", INSIDE)
def test_a_stranger_is_asked_to_sign_in_and_comes_back(world, client, address):
    assert client.get(address)["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        ("officer", ["southwark"]),
        ("dual", ["hackney", "southwark"]),
        ("reviewer", ["hackney", "southwark"]),
        ("other_reviewer", ["leeds"]),
        ("lapsed", []),
        ("future", []),
        ("stranger", []),
        ("administrator", []),
        ("national", []),
    ],
)
def test_everybody_finds_the_partnerships_of_their_roles(world, sign_in, name, slugs):
    browser = sign_in(name)
    page = browser.get("/mine/")
    own, opened = page.context_data["own"], page.context_data["reviewed"]
    assert [row.slug for row, _roles in own] + [row.slug for row in opened] == slugs
    for slug in ("southwark", "hackney", "leeds"):
        assert (f'href="/p/{slug}/manage/"' in page.content.decode()) is (slug in slugs)
        expected = 200 if slug in slugs or name == "national" else 404
        assert browser.get(f"/p/{slug}/manage/").status_code == expected


def test_who_has_no_role_reads_what_to_do(world, sign_in):
    page = words(sign_in("lapsed").get("/mine/"))
    assert "You have no role in a partnership now A co-ordinating officer invites you by e-mail;" in page
    assert "You can look into every partnership" in words(sign_in("national").get("/mine/"))


def test_the_account_says_who_one_is_and_where(world, sign_in):
    page = sign_in("dual").get("/accounts/")
    text = words(page)
    assert "Name Dual" in text
    assert "dual@example.org" in text
    assert "Hackney" in text and "Southwark" in text
    assert 'href="/accounts/password/change/"' in page.content.decode()
    assert '<form method="post" action="/accounts/logout/" data-lsp-forgets-drafts>' in page.content.decode()


def test_the_overview_counts_gaps_editions_and_seats(world, sign_in):
    def figures():
        page = sign_in("officer").get("/p/southwark/manage/")
        return [figure["value"] for figure in page.context_data["figures"]]

    assert figures() == [0, 0, 2, 1]
    strategy, officer = write_strategy(world.southwark, world.officer, complete=False), world.access("officer")
    assert figures() == [1, 0, 2, 1]
    with acting(world.southwark.pk, by=world.officer.pk):
        text = strategy.texts.select_related("partnership").get(kind="progress")
        actions.save_text(text=text, body="Every year.", version=text.version, by=officer)
        actions.publish(strategy=strategy, by=officer)
    assert figures() == [0, 1, 2, 1]


def test_the_overview_names_strategies_jobs_editions_and_the_latest_deeds(world, sign_in):
    strategy = write_strategy(world.southwark, world.officer)
    with acting(world.southwark.pk, by=world.officer.pk):
        actions.publish(strategy=strategy, by=world.access("officer"))
    text = words(sign_in("officer").get("/p/southwark/manage/"))
    assert "A place to stay 2006 to 2016 Nothing Published" in text
    assert "A place to stay, edition 1" in text
    assert "PDF of the edition" in text
    assert "was published" in text
    Job.objects.update(state=Job.State.DONE, finished_at="2026-01-01T00:00Z")
    assert "In the workshop" not in words(sign_in("officer").get("/p/southwark/manage/"))


def test_who_may_not_see_the_log_gets_an_overview_without_it(world, sign_in):
    assert "What changed" in words(sign_in("finance").get("/p/southwark/manage/"))
    page = sign_in("rep").get("/p/southwark/manage/")
    assert "What changed" not in words(page)
    assert "/p/southwark/manage/activity/" not in page.content.decode()


def test_the_navigation_offers_what_one_may_open(world, sign_in):
    for name, log in (("officer", True), ("rep", False), ("national", True)):
        page = sign_in(name).get("/p/southwark/manage/").content.decode()
        for part in ("", "members/", "strategy/", "documents/"):
            assert f'href="/p/southwark/manage/{part}"' in page, (name, part)
        assert ('href="/p/southwark/manage/activity/"' in page) is log, name


def test_the_public_page_leads_inside_whoever_belongs_there(world, sign_in, client):
    inside = 'href="/p/southwark/manage/"'
    for name, leads in (("rep", True), ("reviewer", True), ("national", True), ("leeds_officer", False)):
        main = sign_in(name).get("/p/southwark/").content.decode().partition("<main")[2]
        assert (inside in main) is leads, name
    assert inside not in client.get("/p/southwark/").content.decode()


def test_a_national_viewer_looks_and_writes_nothing(world, sign_in):
    write_strategy(world.southwark, world.officer)
    browser = sign_in("national")
    assert "A place to stay" in words(browser.get("/p/southwark/manage/strategy/"))
    assert browser.post("/p/southwark/manage/strategy/new/", {}).status_code == 403


def test_the_header_leads_to_ones_other_partnerships(world, sign_in):
    def header(name):
        return (
            sign_in(name).get("/p/southwark/manage/").content.decode().partition("<header")[2].partition("</header")[0]
        )

    several, one = header("dual"), header("officer")
    assert "<summary>Switch partnership</summary>" in several
    assert '/p/hackney/manage/">' in several and "/p/leeds/" not in several
    assert several.count("/p/southwark/manage/") == 1  # its own name; one does not switch to where one is
    assert "<summary>Switch" not in one
    for page in (several, one):
        assert 'href="/mine/">' in page.partition("lsp-partnership__facts")[2]
