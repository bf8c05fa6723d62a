"""Members and seats from a table. `check` says what the rows would add, `enter` adds it.

An import only adds. A row that says what stands already adds nothing, one that says something else is at fault.
"""

from partnerships.actions.imports.checking import Progress, check
from partnerships.actions.imports.entering import enter
from partnerships.actions.imports.plan import Plan

__all__ = ["Plan", "Progress", "check", "enter"]
