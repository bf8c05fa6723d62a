"""The product's own settings, in a test: no HTTPS, quick hashes, files in a temporary folder."""

import os
import tempfile

os.environ.setdefault("LSP_HTTPS", "no")
os.environ.setdefault("LSP_DEMONSTRATION", "yes")
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("LSP_PRIVATE_ROOT", tempfile.mkdtemp(prefix="lsp-private-"))
os.environ.setdefault("EMAIL_URL", "memory://")

from lsp.settings import *  # noqa: F403

DATABASE_OWNER_URL = ""  # the test runner is the owner, and becomes lsp_app: see tests/conftest.py
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # nobody has gathered the static files of a test
CACHES = {"default": {**CACHES["default"], "KEY_PREFIX": os.environ.get("PYTEST_XDIST_WORKER", "")}}  # noqa: F405
JOB_HEARTBEAT = 1
JOB_LOST_AFTER = 3
