"""The processes of the application itself: how each is started, and how it is asked to stop."""

import os
import signal
import sys
from dataclasses import dataclass

from lsp.embedded.address import Address
from lsp.embedded.child import Child
from lsp.embedded.places import PROJECT, Places, default_environment, embeds_postgres

QUEUES = ("reports", "reviews", "mail", "celery")


@dataclass(frozen=True)
class Service:
    """One process. `seconds_to_stop` is how long it may take over what it is doing."""

    name: str
    command: tuple[str, ...]
    seconds_to_stop: float
    orphaned_by: signal.Signals

    def start(self, places: Places, environment: dict[str, str]) -> Child:
        """Start it with the project as its working folder and a log of its own."""
        return Child(
            self.name,
            (sys.executable, "-m", *self.command),
            log=places.log / f"{self.name}.log",
            cwd=PROJECT,
            environment=environment,
            seconds_to_stop=self.seconds_to_stop,
            orphaned_by=self.orphaned_by,
        )


def services(address: Address, places: Places) -> list[Service]:
    """Worker, beat and web, in the order of their start. They write to their logs only what somebody should know."""
    schedule = places.data / "beat-schedule"
    celery = ("celery", "--app", "lsp", "--quiet")
    worker = (
        *(*celery, "worker", "--loglevel", "WARNING"),
        *("--queues", ",".join(QUEUES)),
        *("--concurrency", "2"),
    )
    beat = (
        *(*celery, "beat", "--loglevel", "WARNING"),
        *("--schedule", str(schedule)),
        *("--pidfile", ""),
    )
    web = (
        "gunicorn",
        "lsp.wsgi",
        *("--bind", address.bind),
        *("--workers", "2"),
        *("--threads", "4"),
        *("--graceful-timeout", "5"),
        *("--log-level", "warning"),
        "--no-control-socket",
    )
    return [
        # An orphaned worker cannot end well: its database and its broker end with us. Celery sees to its pool.
        Service("worker", worker, seconds_to_stop=20, orphaned_by=signal.SIGKILL),
        Service("beat", beat, seconds_to_stop=5, orphaned_by=signal.SIGTERM),
        Service("web", web, seconds_to_stop=10, orphaned_by=signal.SIGQUIT),
    ]


def service_environment(address: Address, places: Places) -> dict[str, str]:
    """The environment of every process: ours, and for what it leaves open the embedded servers and the demonstration.

    An unset DATABASE_URL stays unset: by that the settings know that the embedded servers are meant. A database of
    one's own gets a demonstration only when it is asked for.
    """
    defaults = {name: value for name, value in default_environment().items() if not name.startswith("DATABASE_")}
    defaults |= {
        "LSP_DEMONSTRATION": str(embeds_postgres()).lower(),
        "LSP_HTTPS": "false",
        "LSP_SITE_URL": address.url,
        # As root it is so, and docs/running.md says so; nobody has to read it at every start.
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
        "ALLOWED_HOSTS": ",".join(sorted({"127.0.0.1", "localhost", "[::1]", address.host})),
    }
    environment = dict(os.environ)
    for name, value in defaults.items():
        environment[name] = environment.get(name) or value
    return environment | {"LSP_DATA": str(places.data), "PYTHONUNBUFFERED": "1"}
