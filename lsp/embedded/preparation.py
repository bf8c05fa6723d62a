"""What is done before anybody is served: the tables, the facts, the demonstration and the static files."""

import sys
from contextlib import ExitStack
from pathlib import Path

from lsp.embedded.child import Child
from lsp.embedded.places import PROJECT, Places
from lsp.embedded.terminal import step

SECONDS_FOR_A_COMMAND = 1800
STATIC_SOURCES = (PROJECT / "static", PROJECT / "uv.lock")  # our own, and the packages that bring some


def prepare(places: Places, environment: dict[str, str]) -> None:
    """Bring the data up to this version; nothing is done where there is nothing to do. Raises `Trouble`."""
    application = without_owner(environment)
    with ExitStack() as end:
        statics = None
        if not is_newer(Path(environment["LSP_STATIC_ROOT"]) / "staticfiles.json", STATIC_SOURCES):
            # It needs no table, so it may use another core meanwhile.
            statics = end.enter_context(manage(places, application, "collectstatic", "--no-input"))
        with step("Tables"):
            finish(manage(places, environment, "migrate", "--no-input"))
        with step("Regions, authorities and other facts"):
            finish(manage(places, application, "load_reference"))
        if is_demonstration(environment):
            with step("Demonstration"):
                finish(manage(places, application, "demo"))
        if statics:
            with step("Stylesheets, scripts and typefaces"):
                finish(statics)


def manage(places: Places, environment: dict[str, str], command: str, *options: str) -> Child:
    """Start one of the commands of manage.py, with a log of its own."""
    return Child(
        f"manage.py {command}",
        (sys.executable, "manage.py", command, *options),
        log=places.log / f"{command}.log",
        cwd=PROJECT,
        environment=environment,
    )


def finish(command: Child) -> None:
    """Wait for its end. Raises `Trouble` with what it wrote if it fails."""
    with command:
        command.wait_until_done(seconds=SECONDS_FOR_A_COMMAND)


def is_newer(made: Path, sources: tuple[Path, ...]) -> bool:
    """Whether a file was made after all of its sources (files, and all that is in folders) were last changed."""
    if not made.exists():
        return False
    everything = (path for source in sources for path in (source, *source.rglob("*")))
    return made.stat().st_mtime > max(path.stat().st_mtime for path in everything)


def is_demonstration(environment: dict[str, str]) -> bool:
    """Whether the settings, reading this environment, see a demonstration."""
    return environment["LSP_DEMONSTRATION"].strip().lower() in ("true", "t", "1", "on", "yes", "y")


def without_owner(environment: dict[str, str]) -> dict[str, str]:
    """The environment of whatever does not migrate: with the application's own rights only."""
    return {name: value for name, value in environment.items() if name != "DATABASE_OWNER_URL"}
