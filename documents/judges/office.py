"""DOCX, XLSX and PPTX (ECMA-376): a package of parts, and relationships that say what belongs to what."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from documents.judges import archive, markup
from documents.judges.flaws import Flaw, Flawed

CONTENTS = "[Content_Types].xml"
_OF = "application/vnd.openxmlformats-officedocument."
MAIN = {
    "docx": f"{_OF}wordprocessingml.document.main+xml",
    "xlsx": f"{_OF}spreadsheetml.sheet.main+xml",
    "pptx": f"{_OF}presentationml.presentation.main+xml",
}
PACKAGE = re.compile(r".*/embeddings/[^/]+\.(docx|xlsx|pptx)", re.IGNORECASE)  # the table behind a chart
TYPES = {"macroenabled": Flaw.MACROS, "vbaproject": Flaw.MACROS, "activex": Flaw.EMBEDDED, "oleobject": Flaw.EMBEDDED}
RELATIONSHIPS = {
    **dict.fromkeys(("vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet"), Flaw.MACROS),
    **dict.fromkeys(("oleobject", "control", "activexcontrolbinary", "afchunk"), Flaw.EMBEDDED),
}
NAMES = {
    re.compile(r"vba(project|data)\.(bin|xml)|/macrosheets/", re.IGNORECASE): Flaw.MACROS,
    re.compile(r"/activex/|/embeddings/[^/]+\.bin", re.IGNORECASE): Flaw.EMBEDDED,
    re.compile(r"xl/(externallinks/|connections\.xml)", re.IGNORECASE): Flaw.ELSEWHERE,
}
LINKS = frozenset({"", "http", "https", "mailto", "tel", "ftp", "file"})  # followed by whoever presses, not before
FETCHES = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|WEBSERVICE)\b", re.IGNORECASE)
COMMAND = (b"instrtext", b"fldsimple", b"ddelink", b"olelink", b"webservice")
COMMANDS = frozenset({"instrText", "fldSimple", "ddeLink", "ddeItem", "f"})


def judge(kind: str, content: bytes, budget: archive.Budget | None = None) -> None:
    """A file, or the table behind one of its charts, which is a file of its own. Raises Flawed."""
    outermost = budget is None
    budget = budget or archive.Budget()
    says_what_it_is = False
    for name, data in archive.parts_of(content, budget):
        for pattern, flaw in NAMES.items():
            if pattern.search(name):
                raise Flawed(flaw)
        if name == CONTENTS:
            says_what_it_is = _is_what_it_says(kind, data)
        elif name.casefold().endswith(".rels"):
            markup.read(data, element=_judge_relationship)
        elif name.casefold().endswith(".svg"):
            markup.read_svg(data)
        elif markup.is_markup(name, data):
            _judge_text(data)
        elif (package := PACKAGE.fullmatch(name)) and outermost:
            judge(package[1].lower(), data, budget)
        else:
            archive.judge_content(data)
    if not says_what_it_is:
        raise Flawed(Flaw.OTHER_TYPE)


def _is_what_it_says(kind: str, data: bytes) -> bool:
    found = set()

    def element(name: str, attributes: Mapping[str, str]) -> None:
        content_type = attributes.get("ContentType", "")
        for word, flaw in TYPES.items():
            if word in content_type.casefold():
                raise Flawed(flaw)
        found.add(content_type)

    markup.read(data, element=element)
    return [key for key, main in MAIN.items() if main in found] == [kind]


def _judge_relationship(name: str, attributes: Mapping[str, str]) -> None:
    """What lies outside of the package is a link to press and nothing else."""
    kind = attributes.get("Type", "").rpartition("/")[2].casefold()
    target, outside = attributes.get("Target", ""), attributes.get("TargetMode", "").casefold() == "external"
    if kind in RELATIONSHIPS:
        raise Flawed(RELATIONSHIPS[kind])
    if kind == "hyperlink":
        if scheme_of(target) not in LINKS:
            raise Flawed(Flaw.ELSEWHERE)
    elif outside or scheme_of(target) or target.startswith(("//", "\\")):
        raise Flawed(Flaw.ELSEWHERE)


def scheme_of(address: str) -> str:
    """The scheme of an address in small letters, or nothing."""
    try:
        return urlsplit(address).scheme
    except ValueError:
        return "broken"


def _judge_text(data: bytes) -> None:
    """Fields and formulas that fetch something. A field may be written in pieces, so they are put together first."""
    if not markup.may_say(data, COMMAND):
        markup.read(data)
        return
    pieces: list[str] = []
    listening = [False]

    def element(name: str, attributes: Mapping[str, str]) -> None:
        if name in {"ddeLink", "oleLink"}:
            raise Flawed(Flaw.ELSEWHERE)
        listening[0] = name in COMMANDS
        if name == "fldSimple":
            pieces.append(attributes.get("instr", ""))
        elif name in {"fldChar", "f"}:
            pieces.append("\n")

    def text(words: str) -> None:
        if listening[0]:
            pieces.append(words)

    markup.read(data, element=element, text=text)
    if FETCHES.search("".join(pieces)):
        raise Flawed(Flaw.ELSEWHERE)
