"""What is built: nobody else's brand, no dead address, no weight that creeps in, no class that a page invents."""

import gzip
import re

import pytest

from tests.look.samples import ROOT, TEMPLATES

STATIC = ROOT / "static"
SCREEN, PAPER = STATIC / "vendor/lsp.css", STATIC / "print/edition.css"
LETTERS = STATIC / "print/papers.css"
URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*(?:\\!-[\w-]+)?)")
IN_MARKUP = re.compile(r"""class="([^"]*)\"""")
TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)


@pytest.mark.parametrize("path", [SCREEN, PAPER, LETTERS], ids=lambda path: path.name)
def test_no_crest_and_no_typeface_of_government(path):
    built = path.read_text(encoding="utf-8").lower()
    assert "crest" not in built
    assert "gds transport" not in built


@pytest.mark.parametrize("path", [SCREEN, PAPER], ids=lambda path: path.name)
def test_every_address_in_a_stylesheet_is_a_file_below_static(path):
    addresses = URL.findall(path.read_text(encoding="utf-8"))
    assert len(addresses) > 3
    for address in addresses:
        target = (path.parent / address).resolve()
        assert target.is_relative_to(STATIC.resolve()) and target.is_file(), address


def test_every_family_of_fonts_comes_with_its_licence():
    folder = STATIC / "vendor/fonts"
    licences = {path.stem.removeprefix("OFL-") for path in folder.glob("OFL-*.txt")}
    for font in [*folder.glob("*.woff2"), *folder.glob("*.ttf")]:
        name = font.stem.removeprefix("pdf-")
        family = "noto-sans" if name.startswith("noto-") and name != "noto-emoji" else name
        assert any(family.startswith(licence) for licence in licences), font.name
    assert "MIT License" in (STATIC / "vendor/MIT-govuk-frontend.txt").read_text(encoding="utf-8")


def test_the_stylesheet_and_the_script_keep_their_weight():
    weight = {path.name: len(gzip.compress(path.read_bytes())) for path in [SCREEN, STATIC / "vendor/lsp.js"]}
    assert weight["lsp.css"] < 20_000  # bytes over the wire; the whole of GOV.UK Frontend with our part was 21,000
    assert weight["lsp.js"] < 10_000
    fonts = sum(path.stat().st_size for path in (STATIC / "vendor/fonts").iterdir())
    assert fonts < 3_200_000


def test_pages_use_only_classes_that_have_a_rule():
    """Our own and GOV.UK's overrides by their whole name; of a GOV.UK component some part must be in the stylesheet."""
    sheets = "".join(path.read_text(encoding="utf-8") for path in (SCREEN, PAPER, LETTERS))
    known = {name.replace("\\", "") for name in CLASS.findall(sheets)}
    components = {re.split("__|--", name)[0] for name in known}
    unknown = set()
    for path in TEMPLATES.rglob("*.html"):
        if path.name == "edition_pdf.html":  # a page for the stylesheet of paper
            continue
        for names in IN_MARKUP.findall(TAGS.sub(" ", path.read_text(encoding="utf-8"))):
            for name in names.split():
                whole = name.startswith(("lsp-", "govuk-!-")) and name[-1] != "-"  # else a variable completes it
                component = name.startswith("govuk-") and "-js-" not in name and not name.startswith("govuk-!-")
                if (whole and name not in known) or (component and re.split("__|--", name)[0] not in components):
                    unknown.add(f"{path.relative_to(TEMPLATES)}: {name}")
    assert not unknown


def test_pages_carry_no_inline_style_or_script():
    """The Content-Security-Policy refuses both. A block of JSON is no script: no browser runs it."""
    for path in TEMPLATES.rglob("*.html"):
        source = path.read_text(encoding="utf-8")
        inline = r"""<style|\sstyle=|<script(?![^>]*\s(?:src=|type="application/json"))|\son[a-z]+=["']"""
        assert not re.search(inline, source), path
