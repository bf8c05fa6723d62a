"""Which judge looks at which kind of file; what a file begins with must be what its name says."""

import zipfile
from io import BytesIO

from documents.judges.flaws import Flaw, Flawed

BEGINS = {
    "pdf": b"%PDF-",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp"), b"PK\x03\x04"),
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, .xls, .ppt, .msg, and a .docx with a password
TEXTS = frozenset({"txt", "csv"})
SCRIPTED = (b"<script", b"<?php", b"<html", b"<svg", b"<!doctype")


def judge(extension: str, content: bytes) -> None:
    """`extension` is one of `documents.inspection.KINDS`, in small letters; “jpeg” is “jpg”. Raises Flawed."""
    _begins_as_it_says(extension, content)
    if extension in {"docx", "xlsx", "pptx"}:
        from documents.judges import office

        office.judge(extension, content)
    elif extension in {"odt", "ods", "odp"}:
        from documents.judges import opendocument

        opendocument.judge(extension, content)
    else:
        _is_no_archive_besides(content)
        if extension == "pdf":
            from documents.judges import pdf

            pdf.judge(content)
        elif extension in TEXTS:
            from documents.judges import text

            text.judge(content, is_table=extension == "csv")
        else:
            from documents.judges import images

            images.judge(extension, content)


def _begins_as_it_says(extension: str, content: bytes) -> None:
    if content.startswith(OLD_OFFICE):
        raise Flawed(Flaw.OLD_OFFICE)
    begins = BEGINS.get(extension)
    if begins and not content.startswith(begins):
        raise Flawed(Flaw.SURROUNDED if begins in content[:1024] else Flaw.OTHER_TYPE)
    if begins is None and content.startswith(tuple(BEGINS.values())):
        raise Flawed(Flaw.OTHER_TYPE)
    if begins and any(word in content[:1024].lower() for word in SCRIPTED):
        raise Flawed(Flaw.SURROUNDED)  # a browser that guesses would take it for a page


def _is_no_archive_besides(content: bytes) -> None:
    """An archive is read from its end, so it can lie in the tail of any other file."""
    if zipfile.is_zipfile(BytesIO(content)):
        raise Flawed(Flaw.SURROUNDED)
