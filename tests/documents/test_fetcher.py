"""What a document may fetch: the project's own static files and `data:`. Nothing else, however it is spelt."""

import http.server
import io
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pypdf
import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import strategies as st

from documents.engine import fetcher_class, render

STATIC = Path(settings.BASE_DIR) / "static"
STYLESHEET = STATIC / "print" / "edition.css"
SECRET = Path(settings.BASE_DIR) / "manage.py"


def fetch(url: str) -> bytes:
    answer = fetcher_class()().fetch(url)
    try:
        return bytes(answer.read())
    finally:
        answer.close()


def refused(url: str) -> bool:
    try:
        fetch(url)
    except (ValueError, OSError):
        return True
    return False


def test_a_static_file_is_fetched_with_or_without_a_query() -> None:
    assert fetch(STYLESHEET.as_uri()) == STYLESHEET.read_bytes()
    assert fetch(f"{STYLESHEET.as_uri()}?v=2#top") == STYLESHEET.read_bytes()


def test_data_is_allowed() -> None:
    assert fetch("data:text/plain;base64,aGVsbG8=") == b"hello"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a.png",
        "https://example.org/a.png",
        "HTTPS://example.org/a.png",
        "ftp://example.org/a.png",
        "//example.org/a.png",
        "gopher://example.org/",
        "javascript:alert(1)",
        "about:blank",
        "",
        "/etc/passwd",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "file:/etc/passwd",
        SECRET.as_uri(),
        STATIC.as_uri(),
        f"{STATIC.as_uri()}/../manage.py",
        f"{STATIC.as_uri()}/print/../../manage.py",
        f"{STATIC.as_uri()}/%2e%2e/manage.py",
        f"{STATIC.as_uri()}/%2E%2E%2Fmanage.py",
        f"{STATIC.as_uri()}/print/..%2f..%2fmanage.py",
        f"{STATIC.as_uri()}/%252e%252e/manage.py",
        f"{STATIC.as_uri()}/..\\manage.py",
        f"{STATIC.as_uri()}-elsewhere/a.css",
        f"{STYLESHEET.as_uri()}%00.png",
        f"file://example.org{STYLESHEET}",
        f"file://localhost{STYLESHEET}",
        f"file:////example.org{STYLESHEET}",
        f"file://{quote(str(STYLESHEET), safe='')}",
    ],
)
def test_everything_else_is_refused(url: str) -> None:
    assert refused(url)


@given(st.text(alphabet="./%2eEfF\\?#:@~ \x00ab", max_size=40))
@example("../manage.py")
@example("..%2fmanage.py")
@example("....//manage.py")
def test_whatever_is_put_behind_static_no_file_outside_is_read(tail: str) -> None:
    try:
        content = fetch(f"{STATIC.as_uri()}/{tail}")
    except (ValueError, OSError):
        return
    assert content in {path.read_bytes() for path in STATIC.rglob("*") if path.is_file()}


@given(st.sampled_from(["http", "https", "ftp", "file", "jar", "smb", "unix", "HtTp"]), st.text(max_size=40))
def test_no_other_scheme_and_no_other_place_is_read(scheme: str, rest: str) -> None:
    assert refused(f"{scheme}://{rest}")


def test_a_link_that_leads_out_of_static_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    static, secret = tmp_path / "static", tmp_path / "secret.txt"
    static.mkdir()
    secret.write_text("the words of a partnership")
    (static / "kept.txt").write_text("kept")
    (static / "inside.txt").symlink_to(static / "kept.txt")
    (static / "outside.txt").symlink_to(secret)
    (static / "folder").symlink_to(tmp_path)
    assert fetch((static / "inside.txt").as_uri()) == b"kept"
    assert refused((static / "outside.txt").as_uri())
    assert refused((static / "folder" / "secret.txt").as_uri())


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine that notes whoever asks it for something, and would send them on."""
    asked: list[str] = []

    class Notes(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", SECRET.as_uri())
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Notes) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def test_a_page_that_asks_for_the_world_gets_none_of_it(listener: tuple[str, list[str]]) -> None:
    """Every way in which HTML, CSS and SVG can fetch something, at once; the page is made all the same."""
    address, asked = listener
    outside = SECRET.as_uri()
    drawing = quote(f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}/in"/></svg>')
    html = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>All ways out</title>
    <base href="{address}/">
    <link rel="stylesheet" href="{address}/a.css"><link rel="attachment" href="{outside}">
    <link rel="attachment" href="{address}/attached"><link rel="icon" href="{address}/icon">
    <meta http-equiv="refresh" content="0; url={address}/refresh">
    <style>@import "{address}/imported.css"; @import url({outside});
    @font-face {{ font-family: far; src: url({address}/far.woff2), url({outside}) }}
    @page {{ background: url({address}/page.png) }}
    body {{ font-family: far; background: url({address}/background.png) }}
    p::before {{ content: url({address}/content.png) }} li {{ list-style-image: url("{outside}") }}</style></head>
    <body><h1>Made all the same</h1><p>Text</p><ul><li>One</li></ul><a rel="attachment" href="{outside}">attached</a>
    <img alt="" src="{address}/img.png"><img alt="" src="relative.png"><img alt="" src="{outside}">
    <img alt="" srcset="{address}/set.png 2x" src="">
    <object data="{address}/object"></object><embed src="{address}/embed"><iframe src="{address}/frame"></iframe>
    <svg width="9" height="9"><image href="{address}/svg.png" width="9" height="9"/>
    <use href="{address}/use.svg#a"/><image xlink:href="{outside}" width="9" height="9"/></svg>
    <img alt="" src="data:image/svg+xml,{drawing}">
    </body></html>"""
    pdf = render(html)
    assert asked == []
    read = pypdf.PdfReader(io.BytesIO(pdf.content))
    assert "Made all the same" in read.pages[0].extract_text()
    assert dict(read.attachments) == {}
    assert b"DJANGO_SETTINGS_MODULE" not in pdf.content
