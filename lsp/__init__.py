"""Wiring: settings, addresses, workers, embedded servers, and the pages that see every app."""
