"""How large an uploaded table may be."""

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 10_000  # below the heading, empty ones not counted
MAX_COLUMNS = 60
