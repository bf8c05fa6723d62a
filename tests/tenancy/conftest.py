"""Fixtures of the walls' tests."""

from tests.tenancy.walk import addresses

__all__ = ["addresses"]
