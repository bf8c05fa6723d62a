"""Forms parse and explain, they never save."""
