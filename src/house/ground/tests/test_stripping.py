import io
import zipfile

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText

from house.ground import stripping
from house.ground.unreadable import Unreadable

WHO = b"Femke Zzauthor"


def photo(kind="JPEG"):
    exif = Image.Exif()
    exif[0x013B] = WHO.decode()  # artist
    exif[0x8825] = {1: "N", 2: (51.0, 3.0, 0.0)}  # where
    exif[0x0112] = 6  # turned
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(out, format=kind, exif=exif)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_photo_loses_its_camera_place_and_author_and_stays_upright(kind, ending):
    assert WHO in photo(kind)
    clean = stripping.strip(photo(kind), f"x.{ending}")
    picture = Image.open(io.BytesIO(clean.data))
    assert WHO not in clean.data
    assert dict(picture.getexif()) == {}
    assert picture.size == (20, 40)
    assert clean.media_type == f"image/{kind.lower()}"


def test_a_photo_under_a_false_ending_is_what_it_is():
    assert stripping.strip(photo(), "x.png").media_type == "image/jpeg"


def test_a_pdf_loses_its_author_its_notes_author_and_what_its_photos_carry():
    writer = PdfWriter()
    page = io.BytesIO()
    Image.open(io.BytesIO(photo())).save(page, format="PDF")
    writer.append(io.BytesIO(page.getvalue()))
    note = FreeText(text="Ask the harbour office", rect=(10, 10, 90, 40))
    writer.add_annotation(0, note)
    writer.add_metadata({"/Author": WHO.decode(), "/Producer": "zzprogram"})
    out = io.BytesIO()
    writer.write(out)
    assert WHO in out.getvalue()

    clean = stripping.strip(out.getvalue(), "slides.pdf").data
    assert WHO not in clean
    assert b"zzprogram" not in clean
    assert len(PdfReader(io.BytesIO(clean)).pages) == 1


def test_the_photo_inside_a_pdf_loses_its_segments():
    assert WHO in photo()
    bare = stripping._plain_jpeg(photo())
    assert WHO not in bare
    assert Image.open(io.BytesIO(bare)).size == (40, 20)


def office_file(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, inside in {
            "docProps/core.xml": b"<x><dc:creator>Femke Zzauthor</dc:creator></x>",
            "docProps/app.xml": b"<x><Company>Femke Zzauthor</Company></x>",
            "docProps/custom.xml": b"<x><v>Femke Zzauthor</v></x>",
            "docProps/thumbnail.jpeg": photo(),
            "word/document.xml": b'<w:ins w:author="Femke Zzauthor" w:rsidR="00AB"><w:t>Kept words</w:t></w:ins>',
            "word/media/image1.jpeg": photo(),
            **parts,
        }.items():
            archive.writestr(name, inside)
    return out.getvalue()


def test_an_office_file_loses_its_people_and_keeps_its_words():
    clean = stripping.strip(office_file(), "report.docx").data
    with zipfile.ZipFile(io.BytesIO(clean)) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
        assert {part.date_time for part in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
    assert not any(WHO in part for part in inside.values())
    assert b"Kept words" in inside["word/document.xml"]
    assert b"rsid" not in inside["word/document.xml"]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"MZ", "x.exe", "file-kind"),
        (b"<svg/>", "x.svg", "file-kind"),
        (b"not a picture", "x.png", "picture"),
        (b"%PDF-1.7 nothing", "x.pdf", "pdf-damaged"),
        (b"PK nothing", "x.docx", "archive-damaged"),
        (b"a\0b", "x.txt", "binary"),
    ],
)
def test_what_can_not_be_looked_into_is_refused_in_a_sentence(data, name, code):
    with pytest.raises(Unreadable) as why:
        stripping.strip(data, name)
    assert why.value.code == code
    assert stripping.sentence(why.value)


def test_a_locked_pdf_and_an_archive_that_explodes_are_refused(monkeypatch):
    writer = PdfWriter()
    writer.add_blank_page(10, 10)
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(Unreadable) as why:
        stripping.strip(out.getvalue(), "x.pdf")
    assert why.value.code == "pdf-locked"
    monkeypatch.setattr(stripping, "UNPACKED", 100)
    with pytest.raises(Unreadable) as why:
        stripping.strip(office_file(), "x.docx")
    assert why.value.code == "archive-large"


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("word/document.xml", b'<w:ins w:author="Femke Zzauthor" w:date="2026-03-04T05:06:07Z">Kept</w:ins>'),
        ("word/comments.xml", b'<w:comment w:initials="FZ" w:author="Femke Zzauthor" w:date="2026-03-04">Kept</w:comment>'),
        ("word/people.xml", b'<w15:person w15:author="Femke Zzauthor"><w15:presenceInfo w15:userId="Femke Zzauthor"/>Kept'),
        ("word/settings.xml", b'<w:rsids><w:rsid w:val="00AB2026-03-04"/></w:rsids>Kept<w:attachedTemplate r:id="Femke Zzauthor"/>'),
        ("word/_rels/settings.xml.rels", b'<Relationship Id="Kept" Target="file:///C:/Users/Femke Zzauthor/t.dotx" TargetMode="External"/>'),
        ("ppt/commentAuthors.xml", b'<p:cmAuthor id="0" name="Femke Zzauthor" initials="FZ"/>Kept'),
        ("xl/comments1.xml", b"<authors><author>Femke Zzauthor</author></authors>Kept"),
        ("xl/persons/person.xml", b'<person displayName="Femke Zzauthor" userId="Femke Zzauthor"/>Kept'),
        ("xl/workbook.xml", b'<x15ac:absPath url="C:/Users/Femke Zzauthor/"/>Kept<fileSharing userName="Femke Zzauthor"/>'),
    ],
)  # fmt: skip
def test_no_part_tells_who_changed_or_commented_when_and_where(name, inside):
    clean = stripping.strip(office_file(**{name: inside}), "x.docx").data
    with zipfile.ZipFile(io.BytesIO(clean)) as archive:
        kept = archive.read(name)
    assert b"Kept" in kept
    assert b"Zzauthor" not in kept
    assert b"2026-03-04" not in kept
    assert b"FZ" not in kept


def test_a_pdf_carries_no_other_file():
    writer = PdfWriter()
    writer.add_blank_page(10, 10)
    writer.add_attachment("notes.txt", WHO)
    out = io.BytesIO()
    writer.write(out)
    assert WHO in b"".join(each for files in PdfReader(out).attachments.values() for each in files)

    clean = stripping.strip(out.getvalue(), "x.pdf").data
    assert dict(PdfReader(io.BytesIO(clean)).attachments) == {}
