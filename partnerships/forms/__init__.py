"""Forms and filters of partnerships: they parse and explain, they never save."""

from partnerships.forms.directory import DirectoryFilter

__all__ = ["DirectoryFilter"]
