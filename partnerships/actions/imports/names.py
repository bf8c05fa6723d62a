"""When two texts mean the same."""

import re
import string

from core.exports import UNPRINTABLE
from partnerships.models import OrganisationIdentifier

NUMBER = re.compile(r"[A-Z0-9-]{1,20}")
COMPANY_DIGITS = 8
POINTS = dict.fromkeys(map(ord, string.punctuation + string.whitespace + "‘’“”–"))


def spaced(text: str) -> str:
    """The text with single spaces."""
    return " ".join(UNPRINTABLE.sub("", text).split())


def same(text: str) -> str:
    """What two names have in common that are the same but for case and spaces."""
    return spaced(text).casefold()


def unpointed(name: str) -> str:
    """The same for names of organisations, which nobody remembers how to point: “St. Mary’s” is “St Marys”."""
    return same(name).translate(POINTS) or same(name)


def identifier(scheme: str, text: str) -> str:
    """A number as it is compared: without spaces, in capitals, a company's with the noughts a spreadsheet drops."""
    number = "".join(text.split()).upper()
    return (
        number.zfill(COMPANY_DIGITS) if scheme == OrganisationIdentifier.Scheme.COMPANY and number.isdigit() else number
    )
