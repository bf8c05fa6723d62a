"""Loading the themes that ship with the product."""

from pathlib import Path

from django.db import transaction

from core.reference import Loaded, load, read
from themes.models import Theme

FOLDER = Path(__file__).resolve().parent / "reference"


@transaction.atomic
def load_reference() -> list[Loaded]:
    """Load the themes of `themes/reference/themes.csv`."""
    rows = ({**row, "order": int(row["order"])} for row in read(FOLDER / "themes.csv"))
    return [load(Theme, ("code",), rows)]
