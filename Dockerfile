# The production image: web, worker, beat and migrations are the same image with another command (docker-compose.yml).
# It holds neither the embedded servers nor the test tools.

FROM python:3.11-slim-bookworm AS packages
RUN pip install --no-cache-dir 'uv~=0.13'
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-default-groups --compile-bytecode --no-cache


FROM python:3.11-slim-bookworm
# WeasyPrint draws text with Pango.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
# /private is a volume that web and worker share; a new volume takes over its owner.
RUN useradd --system --uid 10001 --user-group --home-dir /app --shell /usr/sbin/nologin lsp \
    && install --directory --owner lsp --group lsp --mode 700 /private

WORKDIR /app
COPY --from=packages /app/.venv .venv
COPY . .
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    LSP_PRIVATE_ROOT=/private \
    LSP_STATIC_ROOT=/app/staticfiles \
    XDG_CACHE_HOME=/tmp
# The settings want a key; this one serves nobody and stays in no layer.
RUN SECRET_KEY=only-for-this-step python manage.py collectstatic --no-input

USER lsp
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=8)"]
CMD ["gunicorn", "lsp.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
