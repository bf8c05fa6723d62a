"""The one exception whose text is for the person at the terminal."""


class Trouble(Exception):
    """Something stands in the way. The message says what, and what to do about it."""
