"""As whom the servers run. PostgreSQL refuses to run as root, so root's servers run as `nobody`."""

import os
import pwd
import sys
from dataclasses import dataclass
from pathlib import Path

from lsp.embedded.trouble import Trouble

DEMOTED_TO = "nobody"
ELSEWHERE = "LSP_DATA=/some/folder chooses another place for the data."


@dataclass(frozen=True)
class Account:
    """A user of this machine. `demoted` says that we are root and it is not."""

    uid: int
    gid: int
    demoted: bool

    def reaches(self, folder: Path) -> Path:
        """How this account names a folder that is its working folder.

        The folder may lie below one that `nobody` may not enter, such as /root. A process that was put there before it
        gave up its rights still reaches it by this name.
        """
        return Path("/proc/self/cwd") if self.demoted and sys.platform == "linux" else folder

    def own(self, folder: Path) -> None:
        """Make a private folder, or take over the one that root made. Raises `Trouble` if it is somebody else's."""
        own_folder(folder, also=self.uid)
        if folder.stat().st_uid != self.uid:
            for path in [folder, *folder.rglob("*")]:
                os.chown(path, self.uid, self.gid, follow_symlinks=False)
        folder.chmod(0o700)


def server_account() -> Account:
    """The account for the servers: our own, or `nobody` if we are root."""
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid(), demoted=False)
    try:
        nobody = pwd.getpwnam(DEMOTED_TO)
    except KeyError:
        why = "PostgreSQL may not run as root, and this machine has no user `nobody`. Start as another user."
        raise Trouble(why) from None
    return Account(uid=nobody.pw_uid, gid=nobody.pw_gid, demoted=True)


def own_folder(folder: Path, *, also: int | None = None) -> None:
    """Make a private folder. Raises `Trouble` if one of somebody else's is there (`also` is not somebody else)."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(f"The folder {folder} cannot be made: {error.strerror}. {ELSEWHERE}") from error
    if folder.is_symlink() and also is not None:
        raise Trouble(f"{folder} may not be a link to another folder. {ELSEWHERE}")
    owner = folder.stat().st_uid
    if owner not in (os.geteuid(), also):
        raise Trouble(f"{folder} belongs to {name_of(owner)}. Start as {name_of(owner)}. {ELSEWHERE}")


def name_of(uid: int) -> str:
    """A user's name; the number, where this machine has no name for it."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
