"""ODT, ODS and ODP (ISO/IEC 26300): a package with a list of what is in it."""

import re
from collections.abc import Mapping

from documents.judges import archive, markup
from documents.judges.flaws import Flaw, Flawed
from documents.judges.office import scheme_of

MIME = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
MACROS = re.compile(r"(^|/)(basic|scripts|dialogs)/", re.IGNORECASE)
RUNS = frozenset({"applet", "plugin", "object-ole", "floating-frame"})
FETCHES = frozenset({"dde-source", "dde-connection-decl", "dde-connection", "dde-link", "database-source-query"})
PRESSED = frozenset({"a", "template", "annotation"})  # links that lead somewhere once somebody presses them
SCRIPTS = frozenset({"javascript", "vbscript", "macro", "vnd.sun.star.script"})
HARM = (
    *(b"href", b"listener", b"applet", b"plugin", b"object-ole", b"floating-frame"),
    *(b"dde", b"database", b"encryption", b"webservice"),
)
FORMULA = re.compile(r"\b(DDE|WEBSERVICE)\s*\(", re.IGNORECASE)


def judge(kind: str, content: bytes) -> None:
    """Raises Flawed."""
    mime, has_content = None, False
    for name, data in archive.parts_of(content, archive.Budget()):
        if MACROS.search(name):
            raise Flawed(Flaw.MACROS)
        if name == "mimetype":
            mime = data
        elif name.casefold().endswith(".svg"):
            markup.read_svg(data)
        elif markup.is_markup(name, data):
            markup.read(data, element=_judge_element if markup.may_say(data, HARM) else None)
        else:
            archive.judge_content(data)
        has_content = has_content or name == "content.xml"
    if mime != MIME[kind] or not has_content:
        raise Flawed(Flaw.OTHER_TYPE)


def _judge_element(name: str, attributes: Mapping[str, str]) -> None:
    if name == "encryption-data":
        raise Flawed(Flaw.PASSWORD)
    if name in RUNS:
        raise Flawed(Flaw.EMBEDDED)
    if name in FETCHES or FORMULA.search(attributes.get("formula", "")):
        raise Flawed(Flaw.ELSEWHERE)
    if name == "event-listener" and "language" in attributes:
        raise Flawed(Flaw.MACROS)
    _judge_link(name, attributes.get("href", ""))


def _judge_link(name: str, address: str) -> None:
    scheme = scheme_of(address)
    if scheme in SCRIPTS:
        raise Flawed(Flaw.MACROS)
    if name not in PRESSED and (scheme or address.startswith(("/", "\\", "../"))):
        raise Flawed(Flaw.ELSEWHERE)
