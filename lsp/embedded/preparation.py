"""What is done before anybody is served: the tables, the facts, the demonstration and the static files."""

import sys

from lsp.embedded.child import Child
from lsp.embedded.places import PROJECT, Places
from lsp.embedded.terminal import step

SECONDS_FOR_A_STEP = 1800


def prepare(places: Places, environment: dict[str, str]) -> None:
    """Run the commands that bring the data up to this version; each does nothing where there is nothing to do."""
    _manage("Tables", places, environment, "migrate", "--no-input")
    environment = without_owner(environment)
    _manage("Regions, authorities and other facts", places, environment, "load_reference")
    if is_demonstration(environment):
        _manage("Demonstration", places, environment, "demo")
    _manage("Stylesheets, scripts and typefaces", places, environment, "collectstatic", "--no-input")


def is_demonstration(environment: dict[str, str]) -> bool:
    """Whether the settings, reading this environment, see a demonstration."""
    return environment["LSP_DEMONSTRATION"].strip().lower() in ("true", "t", "1", "on", "yes", "y")


def without_owner(environment: dict[str, str]) -> dict[str, str]:
    """The environment of whatever does not migrate: with the application's own rights only."""
    return {name: value for name, value in environment.items() if name != "DATABASE_OWNER_URL"}


def _manage(what: str, places: Places, environment: dict[str, str], *command: str) -> None:
    """Run one command of manage.py. Raises `Trouble` with what it wrote if it fails."""
    with (
        step(what),
        Child(
            "prepare",
            (sys.executable, "manage.py", *command),
            log=places.log / "prepare.log",
            cwd=PROJECT,
            environment=environment,
        ) as child,
    ):
        child.wait_until_done(f"manage.py {' '.join(command)}", seconds=SECONDS_FOR_A_STEP)
