import json

import pytest

from house.alex.importing.reading import read_data
from house.alex.importing.records import Refusal
from house.alex.tests import hostile
from house.ground.captions.cues import Cue
from house.ground.captions.suspicion import refuse_repetition, spoken_language
from house.ground.unreadable import Unreadable
from house.vocabulary.languages import LANGUAGES

# What the W3C's reference parser (npm webvtt-parser 2.2.0) makes of the W3C's own files: the payload
# of each cue, and its seconds and id where they are not 0, 1 and empty.
W3C = {
    "arrows": ["text0", "text1", "text2", "text3", "text4", "text5"],
    "header-space": ["text"],
    "header-timings": ["text"],
    "newlines": [(0, 1, "cr", "text0"), (0, 1, "lf", "text1"), (0, 1, "crlf", "text2"), (0, 1, "lfcr", "text3")],
    "regions-id": ["valid"] * 4,
    "regions-old": ["text0", "text1"],
    "regions-scroll": ["text"] * 6,
    "settings-align": [f"text{number}" for number in range(13)],
    "settings-multiple": [(0, 1, "id0", "text0"), (0, 1, "id1", "text1")],
    "settings-region": [f"text{n}" for n in range(5)] + [f"invalid{n}" for n in range(5, 9)],
    "settings-vertical": [f"text{n}" for n in range(4)] + [f"invalid{n}" for n in range(4, 8)],
    "signature-no-newline": [],
    "signature-space": [],
    "signature-tab": [],
    "stylesheets": [(0, 1, "foo", "text"), (0, 1, "bar", "text")],
    "timings-eof": [],
    "timings-negative": [(0, 0, "", "text0"), (1, 0.999, "", "text1"), (60, 59.999, "", "text2"), (3600, 3599.999, "", "text3")],
    "timings-too-long": ["text0", "text1"],
    "whitespace-chars": [(0, 1, "spaces", "   text0"), (0, 1, "tabs", "text1"), (0, 1, "form feed", "text2")],
}  # fmt: skip


@pytest.mark.corpus
@pytest.mark.parametrize("name", W3C)
def test_webvtt_is_parsed_as_the_reference_parser_does(corpus, name):
    from house.ground.captions.webvtt import lines_of, parse_vtt

    text = (corpus / "captions" / "webvtt-wpt" / f"{name}.vtt").read_bytes().decode()
    cues, _skipped, _header = parse_vtt(lines_of(text))
    assert cues == [cue if isinstance(cue, tuple) else (0, 1, "", cue) for cue in W3C[name]]


def only(data, name, kind):
    (found,) = read_data(data, name, kind)
    return found


def test_voices_become_speakers_and_markup_goes():
    data = (
        b"WEBVTT - Hearing on rentals\nLanguage: nl\n\n1\n00:01.000 --> 00:02.500\n"
        b"<v.loud Ann &amp; Bo>Good <i>morning</i></v>\n<v Cy>Hello</v>\n\nNOTE nothing\n\n"
        b"1:00:00.000 --> 1:00:01.000\nNo voice &lt;here&gt;\n\n00:03.000 --> 00:04.000\n>> No voice <00:03.500>here\n"
    )
    record = only(data, "x/hearing.vtt", "vtt")
    assert (record.title, record.language, record.kind) == (
        "Hearing on rentals",
        "nl",
        "recording",
    )
    assert record.cues == (
        Cue(1, 2.5, "Good morning", "Ann & Bo"),
        Cue(1, 2.5, "Hello", "Cy"),
        Cue(3, 4, "No voice here", ""),
    )
    assert record.notes[0].facts == {"count": 1, "line": 11}


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"Not captions\n\n00:00.000 --> 00:01.000\nx\n", "vtt-signature", 1),
        (b"WEBVTTX\n", "vtt-signature", 1),
        (b"WEBVTT\n\n00:00 --> 00:01\nx\n", "no-cues", 3),
    ],
)
def test_malformed_captions_say_where(data, code, line):
    refusal = only(data, "x.vtt", "vtt")
    assert (refusal.code, refusal.line) == (code, line)


def test_subrip_with_commas_styles_and_missing_blank_lines():
    data = (
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,5\r\n<i>One</i>\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\n"
        "{\\an8}Two\r\nlines\r\n\r\n3\r\nbroken --> time\r\nlost\r\n\r\n4\r\n1:00:00.250 --> 1:00:01\r\nThree\r\n"
    ).encode()
    record = only(data, "x.srt", "srt")
    assert record.cues == (
        Cue(1, 2.5, "One"),
        Cue(3, 4, "Two lines"),
        Cue(3600.25, 3601, "Three"),
    )
    assert record.notes[0].facts == {"count": 1, "line": 10}


def test_transcript_json_keeps_seconds_and_numbers_voices():
    rows = [
        {"speaker": "0", "start_time": 3.35832, "end_time": 8.2, "text": "Good morning."},
        {"speaker": "Ann", "start_time": 9, "end_time": 8, "text": "Hello."},
        {"speaker": "0", "start_time": "soon", "text": "?"},
    ]
    record = only(json.dumps(rows).encode(), "x.json", "json")
    assert record.cues == (
        Cue(3.358, 8.2, "Good morning.", "Speaker 0"),
        Cue(9.0, 9.0, "Hello.", "Ann"),
    )
    assert record.notes[0].facts == {"count": 1, "line": 3}
    whisper = {"language": "sv", "segments": [{"start": 0, "end": 1, "text": " Hej"}]}
    record = only(json.dumps(whisper).encode(), "x.json", "json")
    assert (record.language, record.cues) == ("sv", (Cue(0.0, 1.0, "Hej"),))


TALK = [
    "We asked every host in the city to register before the summer.",
    "Half of them did so within a month, which nobody had expected.",
    "The others received a letter and later a fine.",
    "After a year the council looked at the numbers again.",
    "There were fewer complaints, but the rents had not come down.",
]


def cues(*lines):
    return [
        Cue(float(number * 4), float(number * 4 + 4), line) for number, line in enumerate(lines)
    ]


def test_a_loop_over_silence_is_no_transcript():
    honest = [f"{line} ({number})" for number in range(8) for line in TALK]
    refuse_repetition(cues(*honest))
    refuse_repetition(cues(*honest, "Yes.", "Yes.", "Yes."))
    with pytest.raises(Unreadable) as why:
        refuse_repetition(cues(*honest, *["Thank you."] * 12))
    assert why.value.facts == {"count": 12, "lines": 52, "text": "Thank you.", "at": "0:02:40"}
    with pytest.raises(Unreadable):
        refuse_repetition(cues(*honest, *["Thank you.", "Bye."] * 15))


def test_a_transcript_is_in_the_language_it_is_said_to_be_and_in_one_of_ours():
    welsh = cues(
        *["Rwy'n gobeithio y byddwn yn gweithio'n fawr iawn ar y prosiect newydd hwn."] * 9
    )
    english = cues(*TALK)
    assert spoken_language(english, "", known=LANGUAGES) == "en"
    assert spoken_language(english, "en-GB", known=LANGUAGES) == "en"
    assert spoken_language(welsh, "cy", known=LANGUAGES) == "cy"
    with pytest.raises(Unreadable) as why:
        spoken_language(english, "nl", known=LANGUAGES)
    assert (why.value.code, why.value.facts) == ("language-unlike", {"said": "nl", "found": "en"})
    with pytest.raises(Unreadable) as why:
        spoken_language(welsh, "", known=LANGUAGES)
    assert (why.value.code, why.value.facts) == ("language-unknown", {"found": "cy"})
    assert spoken_language(cues("Ja."), "nl", known=LANGUAGES) == "nl"  # too little to contradict


@pytest.mark.corpus
def test_the_corpus_transcripts_are_true_but_for_the_one_with_a_loop(corpus):
    judged = {}
    for path in sorted((corpus / "captions" / "knox").glob("*.md")):
        if path.stem.startswith("LICENSE"):
            continue
        record = only(path.read_bytes(), path.name, "markdown")
        try:
            refuse_repetition(record.cues)
            judged[path.stem] = spoken_language(record.cues, "", known=LANGUAGES)
        except Unreadable as why:
            judged[path.stem] = why.code
    assert judged.pop("CIty_Council_100601_0") == "repetition"
    assert set(judged.values()) == {"en"}
    assert len(judged) == 3
    path = corpus / "captions" / "civic" / "nyc_council_city_of_yes_transcript.json"
    record = only(path.read_bytes(), path.name, "json")
    refuse_repetition(record.cues)
    assert len(record.cues) == len(json.loads(path.read_text()))
    assert spoken_language(record.cues, "", known=LANGUAGES) == "en"


def test_the_builder_of_captions_and_the_reader_agree():
    record = only(hostile.vtt(*TALK), "x.vtt", "vtt")
    assert [cue.text for cue in record.cues] == TALK
    assert not isinstance(record, Refusal)
