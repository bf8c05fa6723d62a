"""The seal of something frozen: a hash by which anybody can see later that it is as it was."""

import hashlib
import json


def sealed(content: object, body: str = "") -> str:
    """SHA-256 over values (canonical JSON) and, where there is one, the page that was made from them."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{canonical}\n{body}".encode()).hexdigest()
