"""Forms of the queue. They parse and explain; the actions save."""
