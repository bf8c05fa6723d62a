"""The embedded PostgreSQL: makes the cluster, the owner's role and the database, and starts and stops the server."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from lsp.embedded.account import Account, name_of
from lsp.embedded.binaries import postgres_programs
from lsp.embedded.child import Child, die_with_parent, wait_for_end
from lsp.embedded.places import DATABASE, OWNER, SUPERUSER, Places
from lsp.embedded.stopping import wait_until
from lsp.embedded.trouble import Trouble

SECONDS_TO_START = 120  # after a power cut PostgreSQL first replays its log
SECONDS_TO_STOP = 30
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
PROCESSES = Path("/proc")
THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def start_postgres(places: Places, account: Account, *, durable: bool = True) -> Child:
    """Start PostgreSQL on its socket, make what is missing, and wait until it answers. Raises `Trouble`.

    `durable=False` is for data that is thrown away: quicker, and lost in a power cut.
    """
    programs = postgres_programs(account)
    if not places.postgres.exists():
        _make_cluster(programs / "initdb", places, account)
    account.own(places.postgres)
    _forget_stale_pid(places.postgres)
    _admit_only_ourselves(places.postgres)
    child = Child(
        "postgres",
        _command(programs / "postgres", places, account, () if durable else THROW_AWAY),
        log=places.log / "postgres.log",
        cwd=places.postgres,
        account=account,
        stop_by=signal.SIGINT,  # "fast": open transactions are rolled back, nobody is waited for
    )
    answered = wait_until(lambda: child.exit_code() is not None or _answers(places), seconds=SECONDS_TO_START)
    if not answered or child.exit_code() is not None:
        child.stop(seconds=SECONDS_TO_STOP)
        raise child.failed("PostgreSQL did not start. It wrote:")
    _make_owner_and_database(places)
    return child


def _make_cluster(initdb: Path, places: Places, account: Account) -> None:
    """Make the cluster beside its place and move it there, so that it is whole or not there at all."""
    unfinished = places.postgres.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    account.own(unfinished)
    made = subprocess.run(
        [
            initdb,
            *("--pgdata", account.reaches(unfinished)),
            *("--username", SUPERUSER),
            *("--encoding", "UTF8"),
            *("--locale-provider", "builtin"),
            *("--builtin-locale", "C.UTF-8"),
            *("--locale", "C"),
            *("--auth-local", "peer"),
            *("--auth-host", "reject"),
        ],
        check=False,
        cwd=unfinished,
        capture_output=True,
        text=True,
        preexec_fn=die_with_parent(signal.SIGKILL),  # noqa: PLW1509  (there is one thread)
        **({"user": account.uid, "group": account.gid, "extra_groups": []} if account.demoted else {}),
    )
    if made.returncode:
        raise Trouble(f"PostgreSQL could not make its files in {unfinished}. It wrote:\n{made.stdout}{made.stderr}")
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
    pid = int(note.read_text().split("\n", 1)[0])
    if _serves(pid, cluster) and not wait_for_end(pid, seconds=SECONDS_TO_STOP):
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
        if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEROLE CREATEDB").format(sql.Identifier(OWNER)))
        if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )
