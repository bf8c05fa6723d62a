"""What may come in: by content and by extension, up to a limit, and nothing that acts.

`inspect` is asked by `documents.fields.EvidenceField`, so that the message stands beside the field, and again by
`documents.actions.receive`; a file is judged once.
"""

import logging
import os
import subprocess
import sys
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from puremagic import PureError, from_string

from core.refusals import Refusal, Text
from documents.intake import CutOff
from documents.judges.__main__ import WELCOME
from documents.judges.flaws import Flaw
from documents.names import extension_of

logger = logging.getLogger(__name__)

PATIENCE = 45  # seconds that a judge may take, with what it waits for
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Kind:
    """A type of file that may come in."""

    extension: str
    content_type: str
    title: Text


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
KINDS = {
    kind.extension: kind
    for kind in (
        Kind("pdf", "application/pdf", gettext_lazy("PDF")),
        Kind("docx", f"{_OFFICE}wordprocessingml.document", gettext_lazy("Word document (.docx)")),
        Kind("xlsx", f"{_OFFICE}spreadsheetml.sheet", gettext_lazy("Excel workbook (.xlsx)")),
        Kind("pptx", f"{_OFFICE}presentationml.presentation", gettext_lazy("PowerPoint presentation (.pptx)")),
        Kind("odt", f"{_OPEN}text", gettext_lazy("OpenDocument text (.odt)")),
        Kind("ods", f"{_OPEN}spreadsheet", gettext_lazy("OpenDocument spreadsheet (.ods)")),
        Kind("odp", f"{_OPEN}presentation", gettext_lazy("OpenDocument presentation (.odp)")),
        Kind("csv", "text/csv", gettext_lazy("CSV table")),
        Kind("txt", "text/plain", gettext_lazy("plain text (.txt)")),
        Kind("png", "image/png", gettext_lazy("PNG image")),
        Kind("jpg", "image/jpeg", gettext_lazy("JPEG image (.jpg)")),
    )
}
ALIASES = {"jpeg": "jpg"}
ACCEPTED = [f".{extension}" for extension in (*KINDS, *ALIASES)]

_DOCX, _XLSX, _PPTX = (
    gettext_lazy("Files of the type .%(extension)s are not taken. Save it as .docx or PDF."),
    gettext_lazy("Files of the type .%(extension)s are not taken. Save it as .xlsx, CSV or PDF."),
    gettext_lazy("Files of the type .%(extension)s are not taken. Save it as .pptx or PDF."),
)
_PICTURE = gettext_lazy("Files of the type .%(extension)s are not taken. Save the picture as PNG or JPEG.")
_PRINT = gettext_lazy("Files of the type .%(extension)s are not taken. Print it to PDF and choose the PDF.")
_UNPACK = gettext_lazy("Archives are not taken. Unpack it and add each file by itself.")
_ANOTHER = gettext_lazy("Files of the type .%(extension)s are not taken. Save it as PDF, or as one of: %(kinds)s.")
INSTEAD = {
    **dict.fromkeys(("doc", "docm", "dot", "dotx", "dotm", "rtf", "pages", "odt~", "fodt", "wpd"), _DOCX),
    **dict.fromkeys(("xls", "xlsm", "xlsb", "xlt", "xltx", "xltm", "numbers", "fods", "tsv"), _XLSX),
    **dict.fromkeys(("ppt", "pptm", "pps", "ppsx", "ppsm", "potx", "key", "fodp"), _PPTX),
    **dict.fromkeys(("svg", "gif", "webp", "tif", "tiff", "bmp", "heic", "heif", "avif", "ico", "psd"), _PICTURE),
    **dict.fromkeys(("html", "htm", "mht", "xml", "xps", "eml", "msg", "pub", "vsd", "vsdx", "ps", "md"), _PRINT),
    **dict.fromkeys(("zip", "rar", "7z", "gz", "tgz", "tar", "bz2", "xz", "cab", "iso"), _UNPACK),
}

SENTENCES: dict[Flaw, Text] = {
    Flaw.OTHER_TYPE: gettext_lazy(
        "The name ends in .%(extension)s, but the file is %(really)s. Open it in the program that made it and save it "
        "as %(kind)s."
    ),
    Flaw.OLD_OFFICE: gettext_lazy(
        "The file is of an old format or has a password. Save it without a password as .docx, .xlsx, .pptx or PDF."
    ),
    Flaw.DAMAGED: gettext_lazy(
        "The file is damaged or incomplete. Open it in the program that made it and save it again as %(kind)s."
    ),
    Flaw.SURROUNDED: gettext_lazy(
        "There is something else before, behind or inside the file that does not belong to it. Open it in the program "
        "that made it and save it again as %(kind)s."
    ),
    Flaw.PASSWORD: gettext_lazy(
        "The file has a password or is protected against reading. Save it without protection, or print it to PDF."
    ),
    Flaw.TOO_MUCH: gettext_lazy(
        "The file unpacks to more than can be checked here. Divide it into several, or print it to PDF."
    ),
    Flaw.ARCHIVE: gettext_lazy("There is an archive inside of the file. Take it out and add its files by themselves."),
    Flaw.PATHS: gettext_lazy(
        "The file names its parts in a way no office program does. Open it and save it again as %(kind)s."
    ),
    Flaw.ENTITIES: gettext_lazy(
        "The file declares things no document needs. Open it in the program that made it and save it again as "
        "%(kind)s, or print it to PDF."
    ),
    Flaw.MACROS: gettext_lazy("There are macros in the file. Save it without them as %(kind)s, or print it to PDF."),
    Flaw.EMBEDDED: gettext_lazy(
        "Another file or program is embedded in the file. Take it out and add it by itself, or print it to PDF."
    ),
    Flaw.ELSEWHERE: gettext_lazy(
        "The file loads something from elsewhere when it is opened: a template, a picture or data. Break the link and "
        "save it again, or print it to PDF."
    ),
    Flaw.SCRIPT: gettext_lazy("There is a script in the PDF. Print it to PDF anew and choose the new one."),
    Flaw.DEEDS: gettext_lazy(
        "The PDF opens, sends or starts something by itself. Print it to PDF anew and choose the new one."
    ),
    Flaw.ATTACHMENTS: gettext_lazy(
        "There are files attached inside of the PDF. Add each of them by itself, and print this one to PDF anew."
    ),
    Flaw.FORMS: gettext_lazy("The PDF is an interactive form (XFA). Print it to PDF and choose the new one."),
    Flaw.MEDIA: gettext_lazy("There is a film, a sound or a 3D model in the PDF. Print it to PDF anew without it."),
    Flaw.PIXELS: gettext_lazy("The picture has more than 50 million points. Save it smaller as %(kind)s."),
    Flaw.ANIMATED: gettext_lazy("The picture moves. Save a single picture of it as %(kind)s."),
    Flaw.BINARY: gettext_lazy(
        "The name ends in .%(extension)s, but the file is no text. Open it in the program that made it and save it as "
        "PDF."
    ),
    Flaw.ENCODING: gettext_lazy("The text cannot be read. Save it with the encoding UTF-8."),
    Flaw.MARKUP: gettext_lazy("The file holds commands of a web page or of a program. Save it as PDF."),
    Flaw.FORMULAS: gettext_lazy("There are formulas in the table. Save it as .xlsx, or save the results alone as CSV."),
}


class Unwelcome(Refusal):
    """A file does not come in. `sentence` says why, and how it could."""

    status = 422

    def __init__(self, words: Text) -> None:
        super().__init__(words)
        self.words = words

    def sentence(self) -> str:
        return str(self.words)


def inspect(file: UploadedFile) -> Kind:
    """The type of a file that may come in. Raises Unwelcome.

    What the browser says of its type is not looked at. The file is left at its beginning.
    """
    known: Kind | None = getattr(file, "kind_found", None)
    if known is not None:
        return known
    kind = _kind_by_name(file.name or "")
    size = file.size or 0
    if size > settings.UPLOAD_LIMIT or isinstance(file, CutOff):
        raise Unwelcome(_too_large())
    if size == 0:
        raise Unwelcome(_("The file is empty. Choose the one that you mean."))
    file.seek(0)
    content = file.read()
    file.seek(0)
    _judge(kind, content)
    file.kind_found = kind  # type: ignore[attr-defined]
    return kind


def limit_in_words() -> str:
    """The limit as people say it."""
    return _("%(count)d MB") % {"count": settings.UPLOAD_LIMIT // MEGABYTE}


def _too_large() -> str:
    words = _("The file is larger than %(limit)s. Save it with smaller pictures, or divide it into several.")
    return words % {"limit": limit_in_words()}


def _kind_by_name(name: str) -> Kind:
    extension = extension_of(name)
    if not extension:
        raise Unwelcome(_("The name of the file does not say of what type it is. Save it again as PDF."))
    kind = KINDS.get(ALIASES.get(extension, extension))
    if kind is None:
        words = INSTEAD.get(extension, _ANOTHER)
        raise Unwelcome(words % {"extension": extension[:20], "kinds": ", ".join(ACCEPTED)})
    return kind


def _judge(kind: Kind, content: bytes) -> None:
    """Have it judged in a process of its own: whatever it makes its reader do ends with that. Raises Unwelcome."""
    program = [sys.executable, "-m", "documents.judges", kind.extension]
    alone = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603  nothing of it is anybody's but ours
            program, input=content, capture_output=True, timeout=PATIENCE, cwd=settings.BASE_DIR, env=alone, check=False
        )
        word = done.stdout.decode("ascii", "replace") if done.returncode == 0 else ""
        if not word:
            logger.warning("A file of type .%s stopped its judge (%s)", kind.extension, done.returncode)
    except subprocess.TimeoutExpired:
        logger.warning("A file of type .%s took its judge more than %d seconds", kind.extension, PATIENCE)
        word = ""
    if word != WELCOME:
        raise Unwelcome(_sentence(Flaw(word or Flaw.TOO_MUCH), kind, content))


def _sentence(flaw: Flaw, kind: Kind, content: bytes) -> str:
    words = {"extension": kind.extension, "kind": kind.title, "really": ""}
    if flaw == Flaw.OTHER_TYPE:
        words["really"] = _really(content)
    return str(SENTENCES[flaw]) % words


def _really(content: bytes) -> str:
    """What a file is, by its content."""
    try:
        extension = from_string(content[:4096]).lstrip(".")
    except (PureError, ValueError):
        extension = ""
    return _("of the type .%(extension)s") % {"extension": extension} if extension else _("something else")
