"""Files that hurt: each builder writes one and gives its path or bytes."""

import io
import struct
import zipfile

WORDS = "The city asked hosts to register and counted the nights that were rented out. "


def pdf(*pages, title="", password="", lines=None):
    """A sound PDF with a page for each text; an empty text makes a page with a drawing only."""
    from pypdf import PdfReader, PdfWriter
    from reportlab.pdfgen.canvas import Canvas

    made = io.BytesIO()
    canvas = Canvas(made, invariant=1)
    canvas.setTitle(title)
    for number, text in enumerate(pages, 1):
        if text:
            canvas.bookmarkPage(f"p{number}")
            if lines and number in lines:
                canvas.addOutlineEntry(lines[number], f"p{number}")
            for row, line in enumerate(text.split("\n")):
                canvas.drawString(72, 760 - 14 * row, line)
        else:
            canvas.rect(72, 72, 300, 300, fill=1)
        canvas.showPage()
    canvas.save()
    if not password:
        return made.getvalue()
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made.getvalue())))
    writer.encrypt(user_password=password, algorithm="AES-256")
    locked = io.BytesIO()
    writer.write(locked)
    return locked.getvalue()


def docx(*, title="Night counts", blocks=(("Heading 1", "Rules"), ("", WORDS))):
    from docx import Document

    document = Document()
    document.core_properties.title = title
    document.core_properties.language = "en"
    for style, text in blocks:
        document.add_paragraph(text, style=style or None)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def docx_with(part, content):
    """A Word document with one part replaced or added."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return made.getvalue()


def bomb(megabytes=600):
    """A few hundred kilobytes that unpack to hundreds of megabytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            piece = b"\0" * (1024 * 1024)
            for _ in range(megabytes):
                part.write(piece)
    return made.getvalue()


def lying_bomb():
    """A bomb whose directory says that it is small."""
    data = bytearray(bomb(300))
    at = data.rfind(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", data, at + 24, 1000)  # uncompressed size in the central directory
        at = data.rfind(b"PK\x01\x02", 0, at)
    return bytes(data)


BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9))
    + ']><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>"
)
EXTERNAL_ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
)


def locked_docx():
    """An encrypted Word document is an OLE container with a stream of this name."""
    name = "EncryptedPackage".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + name + b"\0" * 600


def huge(path, megabytes=500):
    """A sparse file: its size without its weight."""
    with path.open("wb") as file:
        file.truncate(megabytes * 1024 * 1024)
    return path


def passage(number=1, doc="rules", **facts):
    return {
        "id": f"{doc}#{number}",
        "doc": doc,
        "title": "Rules for hosts",
        "heading": "Caps",
        "lang": "en",
        "kind": "law",
        "place": "",
        "text": f"{WORDS}Passage {number} of {doc}.",
        "source": "github:example/rules",
        "licence": "CC0",
        **facts,
    }


def vtt(*lines, step=4):
    """Captions, one for each line of speech."""
    cues = []
    for number, line in enumerate(lines):
        start, end = number * step, number * step + step
        cues.append(
            f"{start // 3600:02}:{start // 60 % 60:02}:{start % 60:02}.000 --> "
            f"{end // 3600:02}:{end // 60 % 60:02}:{end % 60:02}.000\n{line}\n"
        )
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()
