"""Every word that a judge knows: what means harm is found in each of its forms, what is only looked at stays."""

import pytest

from documents.judges import kinds
from documents.judges.flaws import Flaw, Flawed
from tests.documents.good_files import (
    content_types,
    excel,
    open_parts,
    parts_of,
    relationship,
    relationships,
    word_parts,
    zipped,
)
from tests.documents.hostile_files import PAGES, pdf_with

WELCOME = "welcome"


def said(extension: str, content: bytes) -> str:
    """The word of the judge, here and not in a process of its own."""
    try:
        kinds.judge(extension, content)
    except Flawed as flawed:
        return flawed.flaw
    return WELCOME


def related(kind: str, target: str = "x", *, outside: bool = False) -> str:
    return said("docx", zipped(word_parts("", relationship(kind, target, outside=outside))))


def written(body: str) -> str:
    return said("docx", zipped(word_parts(body)))


def calculated(part: str) -> str:
    return said("xlsx", zipped({**parts_of(excel()), "xl/worksheets/sheet9.xml": part}))


def opened(body: str) -> str:
    return said("odt", zipped(open_parts("text", body)))


@pytest.mark.parametrize(
    ("kind", "flaw"),
    [
        *((kind, Flaw.MACROS) for kind in ("vbaProject", "wordVbaData", "xlMacrosheet", "xlIntlMacrosheet")),
        *((kind, Flaw.EMBEDDED) for kind in ("oleObject", "control", "activeXControlBinary", "aFChunk")),
    ],
)
def test_relationships_that_act(kind: str, flaw: Flaw) -> None:
    assert related(kind) == flaw


@pytest.mark.parametrize("scheme", ["http:", "https:", "mailto:", "tel:", "ftp:", "file:", ""])
def test_links_that_somebody_presses_stay(scheme: str) -> None:
    assert related("hyperlink", f"{scheme}//x.example/y", outside=True) == WELCOME


@pytest.mark.parametrize("scheme", ["javascript:", "vbscript:", "ms-msdt:", "data:", "search-ms:"])
def test_links_that_run_something_do_not(scheme: str) -> None:
    assert related("hyperlink", f"{scheme}x", outside=True) == Flaw.ELSEWHERE


@pytest.mark.parametrize("kind", ["image", "oleLink", "frame", "subDocument", "externalLinkPath", "attachedTemplate"])
@pytest.mark.parametrize(("target", "outside"), [("x", True), ("http://x.example/", False), ("//x/y", False)])
def test_what_lies_outside_and_is_no_link(kind: str, target: str, outside: bool) -> None:
    assert related(kind, target, outside=outside) == Flaw.ELSEWHERE


@pytest.mark.parametrize(
    ("content_type", "flaw"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", Flaw.MACROS),
        ("application/vnd.ms-office.vbaProject", Flaw.MACROS),
        ("application/vnd.ms-office.activeX+xml", Flaw.EMBEDDED),
        ("application/vnd.openxmlformats-officedocument.oleObject", Flaw.EMBEDDED),
    ],
)
def test_types_of_parts_that_act(content_type: str, flaw: Flaw) -> None:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = content_types(main, "word/document.xml", f'<Default Extension="x" ContentType="{content_type}"/>')
    assert said("docx", zipped({**word_parts(), "[Content_Types].xml": types})) == flaw


def test_a_package_is_one_thing() -> None:
    main = "application/vnd.openxmlformats-officedocument.{}.main+xml"
    both = content_types(
        main.format("wordprocessingml.document"),
        "word/document.xml",
        f'<Override PartName="/xl/workbook.xml" ContentType="{main.format("spreadsheetml.sheet")}"/>',
    )
    assert said("docx", zipped({**word_parts(), "[Content_Types].xml": both})) == Flaw.OTHER_TYPE


@pytest.mark.parametrize("command", ["DDE", "DDEAUTO", "dde", "INCLUDETEXT", "INCLUDEPICTURE"])
@pytest.mark.parametrize(
    "form",
    [
        '<w:p><w:fldSimple w:instr=" {} c:\\x "/></w:p>',
        "<w:p><w:r><w:instrText> {} c:\\x </w:instrText></w:r></w:p>",
        "<w:p><w:r><w:instrText><![CDATA[{}]]> x</w:instrText></w:r></w:p>",
    ],
)
def test_fields_that_fetch(command: str, form: str) -> None:
    assert written(form.format(command)) == Flaw.ELSEWHERE


@pytest.mark.parametrize("field", ["PAGE", "TOC \\o", "DATE", "REF address", "HYPERLINK &quot;https://x.example&quot;"])
def test_other_fields_stay(field: str) -> None:
    assert written(f"<w:p><w:r><w:instrText> {field} </w:instrText></w:r></w:p>") == WELCOME


def test_a_text_may_speak_of_dde() -> None:
    assert written("<w:p><w:r><w:t>DDEAUTO and WEBSERVICE( are commands.</w:t></w:r></w:p>") == WELCOME


@pytest.mark.parametrize(
    "part",
    [
        "<x><ddeLink/></x>",
        "<x><oleLink/></x>",
        '<x><f>WEBSERVICE("x")</f></x>',
        '<x><f>webservice("x")</f></x>',
        "<x><f>WEB<!-- -->SERVICE(A1)</f></x>",
        "<x><f>WEB<?x?>SERVICE(A1)</f></x>",
        "<x><f>&#87;EBSERVICE(A1)</f></x>",
        "<x><f><![CDATA[WEB]]>SERVICE(A1)</f></x>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_sheets_that_fetch(part: str, encoding: str) -> None:
    content = f'<?xml version="1.0" encoding="{encoding}"?>{part}'.encode(encoding)
    assert said("xlsx", zipped({**parts_of(excel()), "xl/worksheets/sheet9.xml": content})) == Flaw.ELSEWHERE


def test_sheets_that_only_calculate_stay() -> None:
    assert calculated("<x><c><f>SUM(A1:A3)&amp;&#10;</f><v>6</v></c></x>") == WELCOME


@pytest.mark.parametrize("element", ["applet", "plugin", "object-ole", "floating-frame"])
def test_elements_of_open_documents_that_run(element: str) -> None:
    assert opened(f"<draw:{element}/>") == Flaw.EMBEDDED


@pytest.mark.parametrize(
    "element", ["dde-source", "dde-connection-decl", "dde-connection", "dde-link", "database-source-query"]
)
def test_elements_of_open_documents_that_fetch(element: str) -> None:
    assert opened(f"<text:{element}/>") == Flaw.ELSEWHERE


@pytest.mark.parametrize("formula", ["of:=DDE(&quot;x&quot;)", "of:=WEBSERVICE(&quot;x&quot;)", "of:=&#68;DE(1)"])
def test_formulas_of_open_documents_that_fetch(formula: str) -> None:
    assert opened(f'<table:table-cell table:formula="{formula}"/>') == Flaw.ELSEWHERE


@pytest.mark.parametrize("scheme", ["javascript", "vbscript", "macro", "vnd.sun.star.script"])
def test_links_of_open_documents_that_run(scheme: str) -> None:
    assert opened(f'<text:a xlink:href="{scheme}:x"/>') == Flaw.MACROS


@pytest.mark.parametrize("element", ["text:a", "draw:a", "office:annotation", "text:template"])
def test_links_of_open_documents_that_somebody_presses_stay(element: str) -> None:
    assert opened(f'<{element} xlink:href="file:///x"/>') == WELCOME


@pytest.mark.parametrize("address", ["http://x.example/y", "file:///x", "/x", "../x", "\\\\x\\y", "//x.example/y"])
def test_whatever_else_leads_out_of_an_open_document(address: str) -> None:
    assert opened(f'<draw:image xlink:href="{address}"/>') == Flaw.ELSEWHERE


def test_an_open_document_needs_its_content_and_its_type() -> None:
    for missing in ("mimetype", "content.xml"):
        parts = open_parts()
        del parts[missing]
        assert said("odt", zipped(parts)) == Flaw.OTHER_TYPE


@pytest.mark.parametrize("folder", ["Basic/x.xml", "Scripts/x.py~", "Dialogs/x.xml", "Object 1/Basic/x.xml"])
def test_folders_of_macros(folder: str) -> None:
    assert said("odt", zipped({**open_parts(), folder: "<x/>"})) == Flaw.MACROS


@pytest.mark.parametrize("suffix", [".exe", ".dll", ".js", ".vbs", ".hta", ".lnk", ".class", ".html", ".php", ".JAR"])
def test_parts_that_run_by_their_name(suffix: str) -> None:
    assert said("docx", zipped({**word_parts(), f"word/x{suffix}": "x"})) == Flaw.EMBEDDED


@pytest.mark.parametrize("content", [b"MZ x", b"\x7fELF", b"#!/bin/sh", b"\xca\xfe\xba\xbe", b"\xd0\xcf\x11\xe0"])
def test_parts_that_run_by_their_content(content: bytes) -> None:
    assert said("docx", zipped({**word_parts(), "word/media/x.png": content})) == Flaw.EMBEDDED


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\xfd7zXZ", b"BZh9", b"MSCF"])
def test_archives_as_parts(content: bytes) -> None:
    assert said("docx", zipped({**word_parts(), "word/media/x.png": content})) == Flaw.ARCHIVE


@pytest.mark.parametrize(
    "part", ["xl/printerSettings/printerSettings1.bin", "word/media/image1.emf", "customXml/a.xml"]
)
def test_parts_that_office_programs_add_stay(part: str) -> None:
    assert said("docx", zipped({**word_parts(), part: "<x/>"})) == WELCOME


def test_links_out_of_an_empty_list_of_relationships() -> None:
    assert said("docx", zipped({**word_parts(), "word/_rels/footer1.xml.rels": relationships()})) == WELCOME


def objects(*more: str) -> str:
    """What is said of a PDF with these objects besides its page."""
    return said("pdf", pdf_with("", *more))


@pytest.mark.parametrize(
    ("entry", "flaw"),
    [
        ("/S /JavaScript", Flaw.SCRIPT),
        ("/JS (x)", Flaw.SCRIPT),
        ("/JS\0(x)", Flaw.SCRIPT),
        ("/EF\0<< /F 4 0 R >>", Flaw.ATTACHMENTS),
        ("/Subtype\0/Movie\0/X 1", Flaw.MEDIA),
        ("/JS%x\n(x)", Flaw.SCRIPT),
        ("/JS<78>", Flaw.SCRIPT),
        ("/#4a#53 4 0 R", Flaw.SCRIPT),
        *((f"/S /{action}", Flaw.DEEDS) for action in ("Launch", "SubmitForm", "ImportData", "GoToE", "GoToR")),
        *((f"/S /{action}", Flaw.MEDIA) for action in ("Rendition", "Movie", "Sound", "RichMediaExecute")),
        ("/S /GoTo3DView", Flaw.MEDIA),
        *((f"/Subtype /{kind}", Flaw.MEDIA) for kind in ("RichMedia", "Screen", "Movie", "Sound")),
        ("/Subtype /3D /3DD 4 0 R", Flaw.MEDIA),
        ("/RichMediaContent 4 0 R", Flaw.MEDIA),
        ("/Type /EmbeddedFile", Flaw.ATTACHMENTS),
        ("/EmbeddedFiles 4 0 R", Flaw.ATTACHMENTS),
        ("/Subtype /FileAttachment", Flaw.ATTACHMENTS),
        ("/EF << /F 4 0 R >>", Flaw.ATTACHMENTS),
        ("/XFA 4 0 R", Flaw.FORMS),
        ("/AA << /O << /S /URI >> >>", Flaw.DEEDS),
        ("/AA << /O << /S /GoTo >> >>", WELCOME),
        ("/AA << /O << /S /Named /N /NextPage >> >>", WELCOME),
        ("/S /URI /URI (https://x.example)", WELCOME),
        ("/S /Sounding /Subtype /Movies", WELCOME),
        ("/AAA /JSX /EFG", WELCOME),
    ],
)
def test_names_in_a_pdf(entry: str, flaw: str) -> None:
    assert objects(f"<< {entry} >>") == flaw


def test_a_film_found_by_a_reference() -> None:
    assert objects("<< /S 5 0 R >>", "/Movie") == Flaw.MEDIA


def test_pages_may_be_named_in_letters_or_numbers() -> None:
    assert said("pdf", pdf_with("").replace(b"/Type /Page ", b"/Type/P#61ge ")) == WELCOME
    assert said("pdf", pdf_with("").replace(PAGES[1][:14].encode(), b"<< /Type /Pag ")) == Flaw.DAMAGED


@pytest.mark.parametrize(
    "words",
    ["%!PS-Adobe", "{\\rtf1", "#!/bin/sh", "MIME-Version: 1.0", "<?xml version", "<table>", " <P>", "<!--", "<svg "],
)
def test_what_a_text_must_not_begin_with(words: str) -> None:
    assert said("txt", words.encode()) == Flaw.MARKUP


@pytest.mark.parametrize("words", ["a <iframe src=x>", "see javascript:x", "<ScRiPt>", "x <?php", "<object data=x>"])
def test_what_must_stand_nowhere_in_a_text(words: str) -> None:
    assert said("txt", f"Minutes {words}".encode()) == Flaw.MARKUP


@pytest.mark.parametrize(
    "words", ["5 < 6 and 7 > 6", "<dana@example.org>", "MZ is a seat", "Price: -5, +3", "=====", ""]
)
def test_what_people_write_into_texts(words: str) -> None:
    assert said("txt", f"{words}\n".encode()) == WELCOME


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(1)", "+cmd|' /C x'!A0", "-cmd(1)", '"=1"', "' =1", " =1"])
def test_cells_that_are_calculated(cell: str) -> None:
    assert said("csv", f"Year,Members\n2004,{cell}\n".encode()) == Flaw.FORMULAS


@pytest.mark.parametrize("cell", ["-5", "+44 20 7946 0000", "-", "- none", "a=b", "dana@example.org", "@dana", "+5 %"])
def test_cells_that_are_not(cell: str) -> None:
    assert said("csv", f"Year,Members\n2004,{cell}\n".encode()) == WELCOME
