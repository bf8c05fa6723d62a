"""A real PostgreSQL and a real Valkey from wheels, and the supervisor that runs the whole system on one machine.

Used only where `DATABASE_URL` or `REDIS_URL` is unset: for the demonstration, for development and for tests. A server
in production never installs the wheels behind it. Why it is done so: `docs/adr/0004-embedded-servers.md`.
"""
