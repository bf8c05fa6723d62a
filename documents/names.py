"""Names of files that people chose: kept for people to read, never for a path."""

import re
from unicodedata import category, normalize

LONGEST = 120
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
FORBIDDEN = re.compile(r'[<>:"/\\|?*]')  # on some computer a file cannot be called so


def extension_of(name: str) -> str:
    """What stands behind the last dot, in small letters; nothing if there is no dot."""
    return tidied(name).rpartition(".")[2].lower() if "." in name else ""


def tidied(name: str) -> str:
    """The name in one line, without what nobody sees: controls, and marks that turn the direction of letters round."""
    seen = "".join(letter for letter in normalize("NFC", name) if category(letter) not in UNSEEN)
    return " ".join(FORBIDDEN.sub(" ", seen).split()).rstrip(". ")


def readable(name: str, extension: str) -> str:
    """The name under which it is handed out: short enough, and ending as its type does."""
    stem = tidied(name).rpartition(".")[0].strip(". ")[:LONGEST].strip(". ")
    return f"{stem or 'file'}.{extension}"
