"""Pages of partnerships, one file per noun."""
