"""`python -m lsp.embedded serve`: starts everything in order, watches over it, and stops everything in order."""

import fcntl
import http.client
import os
import secrets
import shutil
import signal
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from lsp.embedded.account import own_folder, server_account
from lsp.embedded.address import Address, check_free, chosen_address
from lsp.embedded.child import Child
from lsp.embedded.places import Places, embeds_postgres, embeds_valkey, usual_places
from lsp.embedded.postgres import running_postgres
from lsp.embedded.preparation import is_demonstration, prepare, without_owner
from lsp.embedded.services import service_environment, services
from lsp.embedded.stopping import STOP_SIGNALS, Stopped, note_stop_signals, pause, wait_until
from lsp.embedded.terminal import Follower, say, step
from lsp.embedded.trouble import Trouble
from lsp.embedded.valkey import running_valkey
from lsp.embedded.watch import Watched

SECONDS_TO_ANSWER = 90


def serve() -> int:
    """Serve until somebody asks to stop. Raises `Trouble` if something stands in the way."""
    note_stop_signals()
    places, address = usual_places(), chosen_address()
    with ExitStack() as end:
        try:
            end.enter_context(locked(places))
            check_free(address)
            own_secret_key(places)
            servers = start_servers(places, end)
            environment = service_environment(address, places)
            prepare(places, environment)
            environment = without_owner(environment)
            watched = [
                end.enter_context(Watched(service, places, environment)) for service in services(address, places)
            ]
            with step("Web, worker and beat"):
                wait_for_answer(address, servers, watched)
            say(welcome(address, places, environment))
            watch(servers, watched)
        except Stopped as stopped:
            say(f"\nStopping ({stopped.signal.name}) …")
        finally:
            for number in STOP_SIGNALS:
                signal.signal(number, signal.SIG_IGN)
    say("Stopped.")
    return 0


@contextmanager
def locked(places: Places) -> Iterator[None]:
    """Keep everybody else from the same data while we use it; the lock goes when we do, however we go."""
    own_folder(places.data)
    own_folder(places.log)
    with (places.data / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(
                f"The system already runs with the data in {places.data}. Stop it there, or start a second one with "
                "data and a port of its own:\n    LSP_DATA=/some/folder PORT=8001 script/server"
            ) from None
        yield


def own_secret_key(places: Places) -> None:
    """Make the key that signs sessions, once, so that a restart signs nobody out."""
    if not places.secret_key.exists():
        with open(os.open(places.secret_key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))


def start_servers(places: Places, end: ExitStack) -> list[Child]:
    """Start those servers that the environment does not name, to be stopped at the end, Valkey first."""
    servers = []
    account = server_account()
    if embeds_postgres() or embeds_valkey():
        account.own(places.sockets)
        end.callback(shutil.rmtree, places.sockets, ignore_errors=True)
    if embeds_postgres():
        with step("PostgreSQL"):
            servers.append(end.enter_context(running_postgres(places, account)))
    if embeds_valkey():
        with step("Valkey"):
            servers.append(end.enter_context(running_valkey(places, account)))
    return servers


def wait_for_answer(address: Address, servers: list[Child], watched: list[Watched]) -> None:
    """Wait for the first healthy answer. Raises `Trouble` if a process ends before, or none comes."""

    def answered() -> bool:
        for child in [*servers, *(each.child for each in watched)]:
            if child.exit_code() is not None:
                raise child.failed(f"{child.name} ended while it started. It wrote:")
        return is_healthy(address)

    if not wait_until(answered, seconds=SECONDS_TO_ANSWER, every=0.1):
        raise watched[-1].child.failed(
            f"{address.url}/healthz did not answer with 200 within {SECONDS_TO_ANSWER} seconds. The web server wrote:"
        )


def is_healthy(address: Address) -> bool:
    """Whether the system says of itself that it is well."""
    without_proxy = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with without_proxy.open(f"{address.url}/healthz", timeout=10) as answer:
            return bool(answer.status == 200)
    except (OSError, http.client.HTTPException):
        return False


def welcome(address: Address, places: Places, environment: dict[str, str]) -> str:
    """What to do now."""
    who = " (the page lists the accounts and their password)" if is_demonstration(environment) else ""
    return (
        f"\nThe system is ready: {address.url}/\n"
        f"Sign in: {address.url}/accounts/login/{who}\n"
        f"Ctrl-C stops it. Data and logs are in {places.data}\n"
    )


def watch(servers: list[Child], watched: list[Watched]) -> None:
    """Show complaints and start anew what ends, until somebody asks to stop (`Stopped`) or a server is gone."""
    followers = [Follower(each.child.name, each.child.log) for each in watched]
    while True:
        pause(0.2)
        for follower in followers:
            follower.show_new_lines()
        for server in servers:
            if server.exit_code() is not None:
                raise server.failed(f"{server.name} has ended, and nothing works without it. It wrote:")
        for each in watched:
            each.restart_if_ended(now=time.monotonic())
