"""Every write of this app: keeping what a worker made, and what people upload."""

from documents.actions.files import keep
from documents.actions.scanning import decide, scan_again
from documents.actions.sweeping import sweep
from documents.actions.uploads import receive

__all__ = ["decide", "keep", "receive", "scan_again", "sweep"]
