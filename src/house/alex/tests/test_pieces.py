import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from house.access.viewer import VISITOR
from house.alex import actions
from house.alex.models import Attachment, Transcript
from house.alex.tests.texts import case, looking
from house.ground.errors import Forbidden, Refused

pytestmark = pytest.mark.django_db


def upload(words=b"%PDF-1.4 bays", name="bays.pdf"):
    return SimpleUploadedFile(name, words, content_type="application/pdf")


def attach(entry, person, file=None, **facts):
    told = {"media_type": "application/pdf", **facts}
    return actions.attach_file(entry, file or upload(), by=looking(person), **told)


@pytest.fixture
def written(member):
    return actions.create_entry("case_study", by=looking(member), content=case())


def publish(entry, member, curator, **changes):
    actions.save_draft(entry, changes, by=looking(member), revision=1)
    actions.submit_entry(entry, by=looking(member))
    return actions.publish_entry(entry, by=looking(curator))


def test_the_same_file_is_kept_once_and_keeps_its_bytes(written, member):
    first = attach(written, member, licence="CC BY 4.0")
    assert attach(written, member) == first
    with Attachment.objects.get().file.open() as kept:
        assert kept.read() == b"%PDF-1.4 bays"
    assert (first.name, first.licence, first.size) == ("bays.pdf", "CC BY 4.0", 13)


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\docs\\passwd", "a\u202efdp.exe\n"])
def test_a_files_name_is_a_name(written, member, name):
    kept = attach(written, member, upload(name=name))
    assert not set("/\\\n\u202e") & set(kept.name)


def test_an_empty_file_and_a_stranger_are_refused(written, member, neighbour):
    with pytest.raises(Refused, match="empty"):
        attach(written, member, upload(b""))
    with pytest.raises(Forbidden):
        attach(written, neighbour)


def test_readers_see_a_file_from_the_version_that_lists_it_on(written, member, curator):
    kept = attach(written, member)
    left = attach(written, member, upload(b"other", "other.pdf"))
    publish(written, member, curator, attachments=[kept.code], audience="public")
    assert list(Attachment.objects.visible_to(VISITOR)) == [kept]
    with pytest.raises(Refused, match="Readers"):
        actions.detach_file(Attachment.objects.get(pk=kept.pk), by=looking(member))
    actions.detach_file(left, by=looking(member))

    publish(written, member, curator, attachments=[])
    assert not Attachment.objects.visible_to(VISITOR).exists()
    assert list(Attachment.objects.visible_to(looking(member))) == [kept]


def test_a_corrected_transcript_is_another_one(member, curator):
    content = case(fields={"event": "Seminar"})
    entry = actions.create_entry("recording", by=looking(member), content=content)
    first = actions.keep_transcript(
        entry, [{"start": 0, "text": "Pay flaws."}], by=looking(member), language="en"
    )
    publish(entry, member, curator, fields={**content["fields"], "transcript": first.code})
    second = actions.keep_transcript(
        entry, [{"start": 0, "text": "Pay floors."}], by=looking(member), language="en"
    )
    assert [t.code for t in Transcript.objects.filter(is_current=True)] == [first.code]
    publish(entry, member, curator, fields={**content["fields"], "transcript": second.code})
    assert [t.code for t in Transcript.objects.filter(is_current=True)] == [second.code]
    actions.restore_version(entry, 1, by=looking(member))
    assert [t.code for t in Transcript.objects.filter(is_current=True)] == [first.code]


def test_a_transcript_that_says_nothing_is_refused(written, member):
    with pytest.raises(Refused):
        actions.keep_transcript(
            written, [{"start": 0, "text": " "}], by=looking(member), language="en"
        )
