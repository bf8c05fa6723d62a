"""The static files are gathered again only when something has changed."""

import os
from pathlib import Path

from lsp.embedded.preparation import is_newer


def test_static_files_are_gathered_again_when_a_file_or_the_packages_change(tmp_path: Path) -> None:
    sources = (tmp_path / "static", tmp_path / "uv.lock")
    style, lock, made = tmp_path / "static" / "vendor" / "lsp.css", tmp_path / "uv.lock", tmp_path / "staticfiles.json"
    style.parent.mkdir(parents=True)
    assert not is_newer(made, sources)
    for path in (style, lock, made):
        path.touch()
    for path in (style.parent.parent, style.parent, style, lock):
        os.utime(path, (1000, 1000))
    os.utime(made, (2000, 2000))
    assert is_newer(made, sources)
    for changed in (style, lock):
        os.utime(changed, (3000, 3000))
        assert not is_newer(made, sources)
        os.utime(changed, (1000, 1000))
