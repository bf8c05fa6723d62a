"""Why a file does not come in. `documents.inspection` has the sentence for each."""

from enum import StrEnum


class Flaw(StrEnum):
    """The first thing that was found; a file with several is told one after the other."""

    OTHER_TYPE = "other_type"
    OLD_OFFICE = "old_office"
    DAMAGED = "damaged"
    SURROUNDED = "surrounded"
    PASSWORD = "password"  # noqa: S105  a word for a finding
    TOO_MUCH = "too_much"
    ARCHIVE = "archive"
    PATHS = "paths"
    ENTITIES = "entities"
    MACROS = "macros"
    EMBEDDED = "embedded"
    ELSEWHERE = "elsewhere"
    SCRIPT = "script"
    DEEDS = "deeds"
    ATTACHMENTS = "attachments"
    FORMS = "forms"
    MEDIA = "media"
    PIXELS = "pixels"
    ANIMATED = "animated"
    BINARY = "binary"
    ENCODING = "encoding"
    MARKUP = "markup"
    FORMULAS = "formulas"


class Flawed(Exception):
    """The file does not come in."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw
