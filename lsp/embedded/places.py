"""Where the embedded servers keep their files and how they are reached. Looks, but never writes."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PROJECT = Path(__file__).resolve().parents[2]

SUPERUSER = "postgres"
OWNER = "lsp_owner"
APPLICATION = "lsp_app"
DATABASE = "lsp"

# The cache and the broker share one Valkey, but not one number: `cache.clear()` empties the cache's only.
CACHE_NUMBER = 0
BROKER_NUMBER = 1


@dataclass(frozen=True)
class Places:
    """The folder of the data, and the private folder of the two sockets."""

    data: Path
    sockets: Path

    @property
    def postgres(self) -> Path:
        """The database cluster."""
        return self.data / "postgres"

    @property
    def valkey_socket(self) -> Path:
        """The socket on which Valkey listens."""
        return self.sockets / "valkey.sock"

    @property
    def log(self) -> Path:
        """The folder of the log files, one a process."""
        return self.data / "log"

    @property
    def secret_key(self) -> Path:
        """The file with the generated key that signs sessions."""
        return self.data / "secret-key"

    def postgres_url(self, role: str, database: str = DATABASE) -> str:
        """The address of a database over the socket, as Django and libpq both read it."""
        return f"postgresql://{role}@{quote(str(self.sockets), safe='')}/{database}"

    @property
    def cache_url(self) -> str:
        """The address of Valkey for Django's cache."""
        return f"unix://{self.valkey_socket}?db={CACHE_NUMBER}"

    @property
    def broker_url(self) -> str:
        """The address of Valkey for Celery."""
        return f"redis+socket://{self.valkey_socket}?virtual_host={BROKER_NUMBER}"


def data_folder() -> Path:
    """The folder that `LSP_DATA` names, else `var` in the project."""
    return Path(os.environ.get("LSP_DATA") or PROJECT / "var").absolute()


def usual_places() -> Places:
    """The places of this project on this machine, for this user.

    A socket's path may have 107 bytes, so the sockets are not below the data; the same data has always the same.
    """
    data = data_folder()
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:10]
    return Places(data=data, sockets=Path(f"/tmp/lsp-{os.geteuid()}-{digest}"))


def embeds_postgres() -> bool:
    """Whether the environment names no database, so that ours is meant."""
    return not os.environ.get("DATABASE_URL")


def embeds_valkey() -> bool:
    """Whether the environment names no cache and broker, so that ours is meant."""
    return not os.environ.get("REDIS_URL")


def default_environment() -> dict[str, str]:
    """What the settings fall back to; it says nothing of a database or broker that the environment names itself."""
    places = usual_places()
    environment = {
        "SECRET_KEY": places.secret_key.read_text().strip() if places.secret_key.exists() else "",
        "LSP_PRIVATE_ROOT": str(places.data / "private"),
        "LSP_MAIL_ROOT": str(places.data / "mail"),
        "LSP_STATIC_ROOT": str(places.data / "static"),
    }
    if embeds_postgres():
        environment["DATABASE_URL"] = places.postgres_url(APPLICATION)
        environment["DATABASE_OWNER_URL"] = places.postgres_url(OWNER)
    if embeds_valkey():
        environment["REDIS_URL"] = places.cache_url
        environment["CELERY_BROKER_URL"] = places.broker_url
    return environment
