"""Every write of the queue: one verb, one function."""
