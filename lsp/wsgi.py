"""The web server's entry point.

It refuses to serve with a default secret, or with rights that the application must not have.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lsp.settings")

application = get_wsgi_application()

from partnerships.tenancy.checks import stop_unless_fit_to_serve  # noqa: E402  (needs the apps to be ready)

stop_unless_fit_to_serve()
