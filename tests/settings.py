"""The product's own settings, in a test: no HTTPS, quick hashes, files in a temporary folder."""

import os
import re
import tempfile

os.environ.setdefault("LSP_HTTPS", "no")
os.environ.setdefault("LSP_DEMONSTRATION", "yes")
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("LSP_PRIVATE_ROOT", tempfile.mkdtemp(prefix="lsp-private-"))
os.environ.setdefault("EMAIL_URL", "memory://")

# Each process of a run has a cache, a broker and private files of its own, as it has a database of its own. Said in the
# environment, so that the programs which a test starts have the same. Valkey numbers its databases.
PROCESS = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
for name, number in (("REDIS_URL", 2 + 2 * PROCESS), ("CELERY_BROKER_URL", 3 + 2 * PROCESS)):
    if name in os.environ:
        os.environ[name] = re.sub(r"(?<=[/=])\d+$", str(number), os.environ[name])

from lsp.settings import *  # noqa: E402, F403

PRIVATE_ROOT = PRIVATE_ROOT / str(PROCESS)  # noqa: F405
STORAGES["private"]["OPTIONS"]["location"] = PRIVATE_ROOT  # noqa: F405
DATABASE_OWNER_URL = ""  # the test runner is the owner, and becomes lsp_app: see tests/conftest.py
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # nobody has gathered the static files of a test
JOB_HEARTBEAT = 1
JOB_LOST_AFTER = 3
