"""The embedded PostgreSQL: makes the cluster, the owner's role and the database, and starts and stops the server."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from lsp.embedded.account import Account, name_of
from lsp.embedded.binaries import postgres_programs
from lsp.embedded.child import Child
from lsp.embedded.places import DATABASE, OWNER, SUPERUSER, Places
from lsp.embedded.stopping import wait_until
from lsp.embedded.trouble import Trouble

SECONDS_TO_START = 120  # after a power cut PostgreSQL first replays its log
SECONDS_TO_STOP = 30
EXTENSIONS = ("btree_gist", "pg_trgm")
PROCESSES = Path("/proc")
THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@contextmanager
def running_postgres(places: Places, account: Account, *, durable: bool = True) -> Iterator[Child]:
    """PostgreSQL on its socket with the owner's role and the database, made where they are missing. Raises `Trouble`.

    `durable=False` is for data that is thrown away: quicker, and lost in a power cut.
    """
    programs = postgres_programs(account)
    if not places.postgres.exists():
        _make_cluster(programs / "initdb", places, account)
    account.own(places.postgres)
    _forget_stale_pid(places.postgres)
    _admit_only_ourselves(places.postgres)
    with Child(
        "PostgreSQL",
        _command(programs / "postgres", places, account, () if durable else THROW_AWAY),
        log=places.log / "postgres.log",
        cwd=places.postgres,
        account=account,
        stop_by=signal.SIGINT,  # "fast": open transactions are rolled back, nobody is waited for
        seconds_to_stop=SECONDS_TO_STOP,
    ) as child:
        child.wait_until_answers(lambda: _answers(places), seconds=SECONDS_TO_START)
        _make_owner_and_database(places)
        yield child


def _make_cluster(initdb: Path, places: Places, account: Account) -> None:
    """Make the cluster beside its place and move it there, so that it is whole or not there at all."""
    unfinished = places.postgres.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    account.own(unfinished)
    command: list[str | Path] = [
        initdb,
        *("--pgdata", account.reaches(unfinished)),
        *("--username", SUPERUSER),
        *("--encoding", "UTF8"),
        *("--locale-provider", "builtin"),
        *("--builtin-locale", "C.UTF-8"),
        *("--locale", "C"),
        *("--auth-local", "peer"),
        *("--auth-host", "reject"),
    ]
    with Child("initdb", command, log=places.log / "postgres.log", cwd=unfinished, account=account) as child:
        child.wait_until_done(seconds=SECONDS_TO_START)
    unfinished.rename(places.postgres)


def _admit_only_ourselves(cluster: Path) -> None:
    """Let this machine's user in, whichever role is asked for, and nobody else, over the socket alone.

    The kernel says who is at the other end; so another process of `nobody`, who can open the socket, is refused too.
    """
    (cluster / "pg_hba.conf").write_text("local all all peer map=embedded\n")
    (cluster / "pg_ident.conf").write_text(f'embedded "{name_of(os.geteuid())}" all\n')


def _command(postgres: Path, places: Places, account: Account, options: tuple[str, ...]) -> list[str | Path]:
    settings = (
        "listen_addresses=",
        f"unix_socket_directories={places.sockets}",
        "unix_socket_permissions=0700",
        "timezone=UTC",
        "log_timezone=UTC",
        *options,
    )
    return [
        postgres,
        "-D",
        account.reaches(places.postgres),
        *(part for setting in settings for part in ("-c", setting)),
    ]


def _forget_stale_pid(cluster: Path) -> None:
    """Remove the note of a server that is gone.

    After a crash or in a container started anew the noted number may belong to some other process of ours, and
    PostgreSQL would refuse to start. A server that is really still there (its supervisor was killed) is just stopping.
    """
    note = cluster / "postmaster.pid"
    if not note.exists() or not PROCESSES.joinpath("self").exists():  # elsewhere than on Linux PostgreSQL judges
        return
    first_line = note.read_text().split("\n", 1)[0]
    pid = int(first_line) if first_line.isdecimal() else 0  # a full disk leaves the note empty
    if not wait_until(lambda: not _serves(pid, cluster), seconds=SECONDS_TO_STOP):
        raise Trouble(f"Another PostgreSQL (process {pid}) still uses {cluster}. Stop it with: kill -INT {pid}")
    note.unlink(missing_ok=True)


def _serves(pid: int, cluster: Path) -> bool:
    """Whether this process is a PostgreSQL that works in this cluster."""
    process = PROCESSES / str(pid)
    try:
        return (process / "comm").read_text().strip() == "postgres" and process.joinpath("cwd").samefile(cluster)
    except OSError:
        return False


def _answers(places: Places) -> bool:
    try:
        psycopg.connect(places.postgres_url(SUPERUSER, "postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _make_owner_and_database(places: Places) -> None:
    """The owner may make roles and databases, which migrations and tests need, but is never a superuser."""
    with psycopg.connect(places.postgres_url(SUPERUSER, "postgres"), autocommit=True) as connection:
        available = {name for (name,) in connection.execute("SELECT name FROM pg_available_extensions")}
        if missing := set(EXTENSIONS) - available:
            raise Trouble(f"This PostgreSQL lacks the extensions {', '.join(sorted(missing))}.")
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEROLE CREATEDB").format(sql.Identifier(OWNER)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )
