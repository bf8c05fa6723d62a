"""Pages of the Government Office: its queue, and everything about one case of it."""
