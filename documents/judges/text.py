"""Plain text and CSV: letters that everybody can read, and nothing that a program takes for something else."""

import re

from documents.judges.flaws import Flaw, Flawed

# The controls that no text has: all but tab, line feed, form feed and carriage return.
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
# What a browser that guesses takes for a page, when a file begins with it (WHATWG, MIME Sniffing, 7.1).
PAGE = re.compile(
    r"\s*<(?:(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|svg)[\s>]|!--|\?xml)",
    re.IGNORECASE,
)
ACTS = re.compile(r"<(script|iframe|object|embed|svg|\?php)\b|<\?php|javascript:", re.IGNORECASE)
OTHER = ("%!PS", "{\\rtf", "#!", "MIME-Version:")
# A cell that a spreadsheet calculates: it begins with = or @, or calls something with + or -.
FORMULA = re.compile(r"""(?m)(?:^|[,;\t])[ ]*["']?[ ]*(?:=|@[A-Za-z]+\(|[+-][A-Za-z_.]+[(|!])""")


def judge(content: bytes, *, is_table: bool) -> None:
    """Raises Flawed."""
    if b"\0" in content:
        raise Flawed(Flaw.ENCODING if content.startswith((b"\xff\xfe", b"\xfe\xff")) else Flaw.BINARY)
    words = _decoded(content)
    if CONTROLS.search(words):
        raise Flawed(Flaw.BINARY)
    if words.lstrip().startswith(OTHER) or PAGE.match(words) or ACTS.search(words):
        raise Flawed(Flaw.MARKUP)
    if is_table and FORMULA.search(words):
        raise Flawed(Flaw.FORMULAS)


def _decoded(content: bytes) -> str:
    """As UTF-8, or else as Windows-1252, which leaves five bytes without a meaning."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Flawed(Flaw.ENCODING)
