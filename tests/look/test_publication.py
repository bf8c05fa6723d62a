"""The stylesheet of publications: text in any script, from bundled fonts, passes PDF/UA-1 and can be read out again."""

import io
import os
import subprocess
import sys
import textwrap

import page
import pypdf
import pytest

from tests.look.samples import ROOT

ARABIC = "استراتيجية المجتمع"
OTHERS = "Łódź Nguyễn Київ Καλημέρα বাংলা हिन्दी ગુજરાતી ਪੰਜਾਬੀ தமிழ் שלום 😀 👩🏽‍🌾 ❤️ → ✓ ≤ ★ ½ €"
LONG = "Donaudampfschifffahrt" * 12
HTML = f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>A sample</title>
<link rel="stylesheet" href="print/edition.css"></head>
<body>
<section class="cover" data-short="A sample"><div class="cover__text"><h1>A sample</h1></div>
<p class="cover__foot" data-edition="Edition 1">Edition 1</p></section>
<section class="contents"><h2>Contents</h2><ol><li><a href="#one"><b>1</b>One</a></li></ol></section>
<section class="lsp-chapter" id="one"><h2><span class="lsp-chapter__number">1.</span> One</h2>
<div class="lsp-para lsp-lead"><a class="lsp-paranum" id="p1" href="#p1">1.1</a><p>{OTHERS}</p></div>
<h3>A heading between</h3>
<div class="lsp-para"><a class="lsp-paranum" id="p2" href="#p2">1.2</a><p>What stands below it.</p></div>
<p dir="rtl" lang="ar">{ARABIC} <b>عريض</b> ۲۰۰۵</p>
<p>A link with <a href="https://www.example.org/">one <em>stressed</em> word</a>. {LONG}</p>
<table class="lsp-actions"><caption>Actions</caption>
<thead><tr><th scope="col">What</th><th scope="col">Who</th>
<th scope="col">When</th><th scope="col">Measure</th></tr></thead>
<tbody>{f'<tr><th scope="row">{LONG}</th><td>Police</td><td>2006</td><td>Counted</td></tr>' * 40}</tbody></table>
<ul class="lsp-columns"><li>Council</li><li>Police</li></ul>
<dl><dt>Seal</dt><dd class="lsp-hash">{"0f" * 32}</dd></dl></section>
</body></html>"""

RENDER = """
import sys, os
import django
django.setup()
from documents.engine import render
sys.stdout.buffer.write(render(sys.stdin.read()).content)
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample as PDF, made in a process that has no font of the system."""
    folder = tmp_path_factory.mktemp("fonts")
    (folder / "fonts.conf").write_text(
        textwrap.dedent(f"""\
        <?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
        <fontconfig><cachedir>{folder}</cachedir></fontconfig>"""),
        encoding="utf-8",
    )
    made = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RENDER],
        input=HTML.encode(),
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "lsp.settings",
            "FONTCONFIG_FILE": str(folder / "fonts.conf"),
        },
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return made.stdout, made.stderr.decode()


def test_it_passes_pdf_ua(sample):
    report = page.validate_pdf_bytes(sample[0], profile="ua1")
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
    assert report.is_compliant


def test_no_letter_is_missing(sample):
    assert "notdef" not in sample[1]


def test_its_words_can_be_read_out(sample):
    text = " ".join(leaf.extract_text() for leaf in pypdf.PdfReader(io.BytesIO(sample[0])).pages)
    for word in ("Łódź", "Nguyễn", "Київ", "Καλημέρα", "😀", "→", "stressed"):
        assert word in text


def test_its_words_come_out_in_the_order_of_reading(sample):
    text = pypdf.PdfReader(io.BytesIO(sample[0])).pages[2].extract_text()
    places = [text.index(words) for words in ("One", "1.1", "Łódź", "A heading between", "1.2", "What stands below it")]
    assert places == sorted(places)


def test_a_long_word_stays_on_the_page(sample):
    """Columns are fixed and words break, so that the fourth column is where it belongs."""
    leaves = pypdf.PdfReader(io.BytesIO(sample[0])).pages
    right = []
    leaves[2].extract_text(
        visitor_text=lambda text, _cm, tm, _font, _size: right.append(tm[4]) if "Counted" in text else None
    )
    assert right and max(right) < 650  # pixels of CSS; the page is 794 wide


def test_every_font_is_ours(sample):
    names = set()
    for leaf in pypdf.PdfReader(io.BytesIO(sample[0])).pages:
        names |= {
            str(font.get_object()["/BaseFont"]).split("+")[1] for font in leaf["/Resources"].get("/Font", {}).values()
        }
    assert {"Amiri", "Noto-Emoji", "Noto-Bengali"} <= {name.rstrip(",") for name in names}
    assert all(name.startswith(("Source-Sans-3", "Source-Serif-4", "Noto-", "Amiri")) for name in names)
