"""Files as offices make them: one of each type, with the parts that Word, LibreOffice and cameras put into theirs."""

import zipfile
import zlib
from io import BytesIO

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from PIL import Image
from weasyprint import HTML

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ML = "application/vnd.openxmlformats-officedocument"

Parts = dict[str, bytes | str]


def zipped(parts: Parts, *, stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    """An archive of these parts, in this order."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2006, 1, 31, 9, 0, 0)), content, method)
    return made.getvalue()


def parts_of(content: bytes) -> Parts:
    """What is in an archive, to change some of it."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def relationships(*more: str) -> str:
    """A part of relationships with these lines."""
    return f'{_HEAD}<Relationships xmlns="{_RELS}">{"".join(more)}</Relationships>'


def relationship(kind: str, target: str, *, outside: bool = False) -> str:
    """A line of it."""
    mode = ' TargetMode="External"' if outside else ""
    number = zlib.crc32(f"{kind} {target}".encode())
    return f'<Relationship Id="r{number}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"{mode}/>'


def content_types(main: str, part: str, *more: str) -> str:
    """The list of types of a package."""
    return (
        f'{_HEAD}<Types xmlns="{_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/{part}" ContentType="{main}"/>{"".join(more)}</Types>'
    )


def word_parts(body: str = "", *links: str) -> Parts:
    """A letter with a picture, a link to a page and a field with a date, as Word makes them."""
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE \\@ "d MMMM yyyy" </w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    return {
        "[Content_Types].xml": content_types(f"{_ML}.wordprocessingml.document.main+xml", "word/document.xml"),
        "_rels/.rels": relationships(relationship("officeDocument", "word/document.xml")),
        "word/document.xml": f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>How we know who took part'
        f"</w:t></w:r></w:p>{field}{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships(
            relationship("image", "media/image1.png"),
            relationship("hyperlink", "https://www.example.org/minutes", outside=True),
            *links,
        ),
        "word/media/image1.png": png(),
        "docProps/core.xml": f"{_HEAD}<coreProperties/>",
    }


def word() -> bytes:
    """A DOCX."""
    return zipped(word_parts())


def excel() -> bytes:
    """An XLSX with a chart, as openpyxl makes it."""
    book = Workbook()
    for row in (["Year", "Members"], [2003, 19], [2004, 24], [2005, 26]):
        book.active.append(row)
    book.active["B6"] = "=SUM(B2:B4)"
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=4), titles_from_data=True)
    book.active.add_chart(chart, "D2")
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def slides_parts() -> Parts:
    """Slides with the table behind a chart inside, as PowerPoint makes them."""
    return {
        "[Content_Types].xml": content_types(f"{_ML}.presentationml.presentation.main+xml", "ppt/presentation.xml"),
        "_rels/.rels": relationships(relationship("officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f'{_HEAD}<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/'
        'main"/>',
        "ppt/charts/_rels/chart1.xml.rels": relationships(
            relationship("package", "../embeddings/Microsoft_Excel_Sheet1.xlsx")
        ),
        "ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": excel(),
    }


def slides() -> bytes:
    """A PPTX."""
    return zipped(slides_parts())


def open_parts(kind: str = "text", body: str = "", *, manifest: str = "") -> Parts:
    """An OpenDocument file as LibreOffice makes it, with the empty parts that it adds."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "draw", "script")
    )
    return {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "Configurations2/accelerator/current.xml": "",
        "content.xml": f'{_HEAD}<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink">'
        f'<office:body><text:p><text:a xlink:href="https://www.example.org/">Minutes</text:a></text:p>'
        f'<draw:image xlink:href="Pictures/1.png"/>{body}</office:body></office:document-content>',
        "styles.xml": f'{_HEAD}<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:'
        '1.0"/>',
        "Pictures/1.png": png(),
        "META-INF/manifest.xml": f'{_HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
        f'manifest:1.0">{manifest}</manifest:manifest>',
    }


def open_text() -> bytes:
    """An ODT."""
    return zipped(open_parts())


def open_sheet() -> bytes:
    """An ODS."""
    return zipped(open_parts("spreadsheet", '<table:table-cell table:formula="of:=SUM([.B2:.B4])"/>'))


def open_slides() -> bytes:
    """An ODP."""
    return zipped(open_parts("presentation"))


def picture(format_name: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    """A picture, as Pillow writes it."""
    made = BytesIO()
    Image.effect_mandelbrot(size, (-2, -1.5, 1, 1.5), 20).convert("RGB").save(made, format_name, **options)
    return made.getvalue()


def png() -> bytes:
    """A PNG."""
    return picture("PNG")


def jpeg() -> bytes:
    """A JPEG with a comment."""
    return picture("JPEG", comment=b"The board, 31 January 2006")


def jpeg_with_preview() -> bytes:
    """Two pictures one behind the other, as cameras and telephones write them."""
    return jpeg() + picture("JPEG", (16, 12))


def pdf(html: str = "<h1>Minutes</h1><p><a href='https://www.example.org/'>The page</a></p>") -> bytes:
    """A tagged PDF with a link, as this product makes them."""
    made: bytes = HTML(string=f"<html lang=en><title>Minutes</title>{html}").write_pdf(pdf_variant="pdf/ua-1")
    return made


TEXT = "Minutes of the board, 31 January 2006\r\n\r\n- 26 members\r\n- Caf\u00e9 \u201cThe Table\u201d, Peckham\r\n"
TABLE = 'Year,Members,Change\r\n2004,24,+5\r\n2005,26,+2\r\n2006,25,-1\r\n"Telephone",+44 20 7946 0000,\r\n'

GOOD = {
    "minutes.pdf": pdf,
    "how we know.docx": word,
    "members.xlsx": excel,
    "board.pptx": slides,
    "plan.odt": open_text,
    "money.ods": open_sheet,
    "talk.odp": open_slides,
    "members.csv": TABLE.encode,
    "members with a mark.csv": lambda: TABLE.encode("utf-8-sig"),
    "notes.txt": TEXT.encode,
    "old notes.txt": lambda: TEXT.encode("cp1252"),
    "map.png": png,
    "board.jpg": jpeg,
    "BOARD.JPEG": jpeg,
    "from a telephone.jpg": jpeg_with_preview,
    "progressive.jpg": lambda: picture("JPEG", (300, 200), progressive=True),
}
