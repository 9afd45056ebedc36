"""Captions and recognisers' JSON: cues become turns."""

import json
from pathlib import Path

import pytest

from deid.errors import InputError, Reason
from deid.ingest import read
from deid.transcript import Transcript, TurnKind


def made(folder: Path, name: str, text: str) -> Transcript:
    """What the reader makes of a text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read(path)


def rows_of(transcript: Transcript) -> list[tuple[str, str, int | None, int | None]]:
    """Speaker, text and times of the turns of speech."""
    return [
        (t.speaker, t.text, t.start_ms, t.end_ms)
        for t in transcript.turns
        if t.kind is TurnKind.SPEECH
    ]


VTT = """WEBVTT - Interview with Sarah
Kind: captions

STYLE
::cue { color: red }

NOTE checked by hand

7f3c/1-0
00:00:01.000 --> 00:00:02.000 align:start
<v.loud Sarah Jones>Hello &amp; welcome
to <place 00:01:02></v>

00:02.000 --> 00:03.000
<v Sarah Jones><i>again</i><00:00:02.500>, all</v>

a stray line

00:00:04.000 --> 00:00:05.000
<v Tom>Hi. <v Sarah Jones>Yes?
"""


def test_webvtt(tmp_path: Path) -> None:
    """Voices are speakers, tags of WebVTT go, tags of transcribers stay, nothing is lost."""
    transcript = made(tmp_path, "a.vtt", VTT)
    assert rows_of(transcript) == [
        ("Sarah Jones", "Hello & welcome to <place 00:01:02> again, all", 1_000, 3_000),
        ("", "a stray line", None, None),
        ("Tom", "Hi.", 4_000, 5_000),
        ("Sarah Jones", "Yes?", 4_000, 5_000),
    ]
    others = [(t.kind, t.text) for t in transcript.turns if t.kind is not TurnKind.SPEECH]
    assert others == [
        (TurnKind.COVER, "Interview with Sarah"),
        (TurnKind.NOTE, "checked by hand"),
    ]
    assert transcript.dropped == {"cue-identifier": 1, "header-field": 1, "style": 1}


def test_webvtt_labels_in_the_text(tmp_path: Path) -> None:
    """A cue without a label goes on with the speaker before."""
    cues = ("Sarah: Hello", "there", "Tom: Hi", "Sarah: So")
    text = "WEBVTT\n\n" + "\n\n".join(
        f"00:0{n}.000 --> 00:0{n + 1}.000\n{said}" for n, said in enumerate(cues)
    )
    assert rows_of(made(tmp_path, "a.vtt", text)) == [
        ("Sarah", "Hello there", 0, 2_000),
        ("Tom", "Hi", 2_000, 3_000),
        ("Sarah", "So", 3_000, 4_000),
    ]


def test_subrip(tmp_path: Path) -> None:
    """Labels, italics and positions in SubRip; a blank line inside a cue is the cue's."""
    text = (
        "1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}<i>Sarah: Hello</i>\r\nagain\r\n\r\n"
        "2\r\n00:00:02,000 --> 00:00:03,000\r\nthere [laughs]\r\n\r\n"
        "3\r\n00:00:04,500 --> 00:00:03,000\r\nTom: Hi\r\n"
    )
    assert rows_of(made(tmp_path, "a.srt", text)) == [
        ("Sarah", "Hello again there [laughs]", 1_000, 3_000),
        ("Tom", "Hi", 4_500, None),
    ]


def test_without_speakers_a_pause_ends_a_turn(tmp_path: Path) -> None:
    """Two seconds of silence, and a sentence's end past a readable length."""
    long = "word " * 220 + "end."
    segments = [
        {"start": 0.0, "end": 1.0, "text": " One"},
        {"start": 1.2, "end": 2.0, "text": " two."},
        {"start": 9.0, "end": 10.0, "text": long},
        {"start": 10.0, "end": 11.0, "text": " Next."},
    ]
    rows = rows_of(made(tmp_path, "a.json", json.dumps({"text": "…", "segments": segments})))
    assert [text for _, text, _, _ in rows] == ["One two.", long, "Next."]


WHISPERX = {
    "segments": [
        {"start": 0.5, "end": 1.25, "text": " Hello", "speaker": "SPEAKER_00", "words": []},
        {"start": 1.25, "end": 2, "text": " there", "speaker": "SPEAKER_00"},
        {"start": 2, "end": 3, "text": " Hi", "speaker": "SPEAKER_01"},
    ],
    "word_segments": [],
}
TEAMS = {
    "version": "1.0.0",
    "entries": [
        {
            "text": text,
            "speakerDisplayName": name,
            "startOffset": f"00:00:0{n}.5000000",
            "endOffset": f"00:00:0{n + 1}.0000000",
        }
        for n, (name, text) in enumerate((("Sarah", "Hello"), ("Sarah", "there"), ("Tom", "Hi")))
    ],
}
AWS_ITEMS = {
    "jobName": "canary",
    "results": {
        "transcripts": [{"transcript": "Hello, there. Hi"}],
        "items": [
            {
                "type": "pronunciation",
                "start_time": "0.5",
                "end_time": "0.9",
                "speaker_label": "spk_0",
                "alternatives": [{"content": "Hello"}],
            },
            {"type": "punctuation", "alternatives": [{"content": ","}]},
            {
                "type": "pronunciation",
                "start_time": "1.0",
                "end_time": "2.0",
                "speaker_label": "spk_0",
                "alternatives": [{"content": "there"}],
            },
            {
                "type": "pronunciation",
                "start_time": "2.0",
                "end_time": "3.0",
                "speaker_label": "spk_1",
                "alternatives": [{"content": "Hi"}],
            },
        ],
    },
}
AWS_SEGMENTS = {
    "results": {
        "items": AWS_ITEMS["results"]["items"],  # type: ignore[index] # a literal above
        "audio_segments": [
            {
                "transcript": "Hello there",
                "start_time": "0.5",
                "end_time": "2.0",
                "speaker_label": "spk_0",
            },
            {"transcript": "Hi", "start_time": "2.0", "end_time": "3", "speaker_label": "spk_1"},
        ],
    }
}
AWS_CALL = {
    "Transcript": [
        {
            "Content": "Hello there",
            "ParticipantRole": "AGENT",
            "BeginOffsetMillis": 500,
            "EndOffsetMillis": 2000,
        },
        {"Content": "Hi", "ParticipantRole": "CUSTOMER", "BeginOffsetMillis": 2000},
    ]
}
ASSEMBLY_AI = {
    "text": "Hello there. Hi",
    "words": [{"text": "Hello", "start": 500, "end": 900}],
    "utterances": [
        {"speaker": "A", "text": "Hello there", "start": 500, "end": 2000, "words": []},
        {"speaker": "B", "text": "Hi", "start": 2000, "end": 3000},
    ],
}
DEEPGRAM = {
    "metadata": {"request_id": "canary"},
    "results": {
        "channels": [],
        "utterances": [
            {"speaker": 0, "transcript": "Hello there", "start": 0.5, "end": 2},
            {"speaker": 1, "transcript": "Hi", "start": 2, "end": 3.25},
        ],
    },
}
WHISPER_CPP = {
    "result": {"language": "en"},
    "transcription": [
        {
            "timestamps": {"from": "00:00:00,500", "to": "00:00:01,000"},
            "offsets": {"from": 500, "to": 1000},
            "text": " Hello",
        },
        {"timestamps": {"from": "00:00:01,000", "to": "00:00:02,000"}, "text": " there"},
        {"timestamps": {"from": "00:00:09,000", "to": "00:00:10,000"}, "text": " Hi"},
    ],
}
KINDS = {
    "assembly": (ASSEMBLY_AI, [("A", "Hello there", 500), ("B", "Hi", 2_000)]),
    "deepgram": (DEEPGRAM, [("0", "Hello there", 500), ("1", "Hi", 2_000)]),
    "utterances": (
        {"utterances": [{"speaker": "Will", "text": "Hello"}, {"speaker": "P1", "text": "Hi"}]},
        [("Will", "Hello", None), ("P1", "Hi", None)],
    ),
    "whisper.cpp": (WHISPER_CPP, [("", "Hello there", 500), ("", "Hi", 9_000)]),
    "one string": ({"transcription": "INT: a\nP1: b"}, [("INT", "a", None), ("P1", "b", None)]),
    "whisperx": (WHISPERX, [("SPEAKER_00", "Hello there", 500), ("SPEAKER_01", "Hi", 2_000)]),
    "teams": (TEAMS, [("Sarah", "Hello there", 500), ("Tom", "Hi", 2_500)]),
    "aws items": (AWS_ITEMS, [("spk_0", "Hello, there", 500), ("spk_1", "Hi", 2_000)]),
    "aws segments": (AWS_SEGMENTS, [("spk_0", "Hello there", 500), ("spk_1", "Hi", 2_000)]),
    "aws call": (AWS_CALL, [("AGENT", "Hello there", 500), ("CUSTOMER", "Hi", 2_000)]),
    "whisper text": ({"text": "INT: a\nP1: b"}, [("INT", "a", None), ("P1", "b", None)]),
    "teams list": (
        [{"speakerName": "Tom", "spokenText": "Hi"}, {"speakerName": "Sarah", "spokenText": "Oh"}],
        [("Tom", "Hi", None), ("Sarah", "Oh", None)],
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_json(tmp_path: Path, kind: str) -> None:
    """Each recogniser's own shape gives the same turns."""
    document, expected = KINDS[kind]
    transcript = made(tmp_path, "a.json", json.dumps(document))
    assert [(s, t, at) for s, t, at, _ in rows_of(transcript)] == expected


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ('{"segments": [{"text": "a"', Reason.TRUNCATED),
        ('{"segments": [{"text": "a', Reason.TRUNCATED),
        ("{'a': 1}", Reason.MALFORMED),
        ('"just text"', Reason.MALFORMED),
        ('{"something": "else"}', Reason.MALFORMED),
        ('{"segments": ["a"]}', Reason.MALFORMED),
        ('{"segments": [{"text": {"a": 1}}]}', Reason.MALFORMED),
        ("[1, 2]", Reason.MALFORMED),
        ('{"segments": []}', Reason.EMPTY),
        ('{"utterances": [{"speaker": "A", "words": ["a"]}]}', Reason.MALFORMED),
        ('{"transcription": [{"tokens": ["a"]}]}', Reason.MALFORMED),
        ('{"segments": [{"text": "\\ud83d"}]}', Reason.ENCODING),
        ('{"segments": [{"text": "\\u0000"}]}', Reason.BINARY),
        ("[" * 100_000, Reason.MALFORMED),
        ('{"segments": [{"text": ' + "9" * 5_000 + "}]}", Reason.MALFORMED),
    ],
)
def test_bad_json(tmp_path: Path, document: str, reason: Reason) -> None:
    """Whatever is wrong has its reason."""
    with pytest.raises(InputError) as caught:
        made(tmp_path, "a.json", document)
    assert caught.value.reason is reason


@pytest.mark.parametrize(
    "cue",
    ["00:01 --> soon\nHello", "xx:yy.000 --> 00:02.000\nHello", "1\n\n--> \nHello"],
)
def test_a_cue_whose_times_cannot_be_read_is_refused(tmp_path: Path, cue: str) -> None:
    """It is not passed over, as the library would."""
    with pytest.raises(InputError) as caught:
        made(tmp_path, "a.vtt", f"WEBVTT\n\n{cue}\n")
    assert caught.value.reason is Reason.MALFORMED


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ("00:05:00 --> 00:09:00", (300_000, 540_000)),
        ("05:00 --> 09:00 align:start", (300_000, 540_000)),
        ("00:05:00,250 --> 00:09:00,5", (300_250, 540_500)),
    ],
)
def test_webvtt_times_of_other_tools(tmp_path: Path, times: str, expected: tuple[int, int]) -> None:
    """Whole seconds, and SubRip's comma."""
    text = f"WEBVTT\n\n00:01.000 --> 00:04.000\nHello\n\n{times}\nYes\n"
    assert rows_of(made(tmp_path, "a.vtt", text))[1:] == [("", "Yes", *expected)]


@pytest.mark.parametrize("index", ["1\n", ""])
def test_a_title_above_the_first_cue_of_subrip(tmp_path: Path, index: str) -> None:
    """It is a note of its own, all its lines, whether or not the cues are numbered."""
    text = f"Sarah's interview\n1 May\n\n{index}00:00:01,000 --> 00:00:04,000\nHello\n"
    turns = made(tmp_path, "a.srt", text).turns
    assert [(t.kind, t.text, t.start_ms) for t in turns] == [
        (TurnKind.NOTE, "Sarah's interview 1 May", None),
        (TurnKind.SPEECH, "Hello", 1_000),
    ]


@pytest.mark.parametrize("mark", [">> ", ">>", "- ", "\u2022 ", "&gt;&gt; "])
@pytest.mark.parametrize("suffix", [".vtt", ".srt"])
def test_marks_before_the_labels_of_captions(tmp_path: Path, mark: str, suffix: str) -> None:
    """What lines up the speakers is no part of their names."""
    cues = (f"{mark}WILL: Hello", "there", f"{mark}ROSE: Hi", f"{mark}WILL: So")
    blocks = [
        f"{n + 1}\n00:00:0{n}.000 --> 00:00:0{n + 1}.000\n{said}" for n, said in enumerate(cues)
    ]
    start = "WEBVTT\n\n" if suffix == ".vtt" else ""
    rows = rows_of(made(tmp_path, f"a{suffix}", start + "\n\n".join(blocks) + "\n"))
    assert [row[:2] for row in rows] == [("WILL", "Hello there"), ("ROSE", "Hi"), ("WILL", "So")]


def test_a_change_of_speaker_without_a_name(tmp_path: Path) -> None:
    """Two chevrons part the turns of people who are not named, inside a cue too."""
    cues = (">> SARAH: Hello", "there >> Hi, how", "are you?", ">> Fine.", "3 >> 2, I think")
    text = "WEBVTT\n\n" + "\n\n".join(
        f"00:0{n}.000 --> 00:0{n + 1}.000\n{said}" for n, said in enumerate(cues[:4])
    )
    rows = rows_of(made(tmp_path, "a.vtt", text))
    assert [row[:2] for row in rows] == [
        ("SARAH", "Hello there"),
        ("", "Hi, how are you?"),
        ("", "Fine."),
    ]
    once = f"WEBVTT\n\n00:01.000 --> 00:02.000\n{cues[4]}"
    assert [row[1] for row in rows_of(made(tmp_path, "b.vtt", once))] == [cues[4]]


def test_labels_in_brackets_of_captions(tmp_path: Path) -> None:
    """With a colon or without; what is heard is no label."""
    cues = ("[WILL]: Hello there", "(ROSE) It was hard", "[MARK] I see", "[laughs] Oh")
    text = "\n\n".join(
        f"{n + 1}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n{said}" for n, said in enumerate(cues)
    )
    assert [row[:2] for row in rows_of(made(tmp_path, "a.srt", text))] == [
        ("WILL", "Hello there"),
        ("ROSE", "It was hard"),
        ("MARK", "I see [laughs] Oh"),
    ]


@pytest.mark.parametrize(
    "text",
    ["Zebedee said this\n", "1\nxx --> yy\nZebedee\n\n2\n00:00:01,000 --> 00:00:02,000\nHi\n"],
)
def test_text_outside_the_cues_of_subrip_is_refused(tmp_path: Path, text: str) -> None:
    """Strictly: what is no cue is not passed over, nor is one whose times cannot be read."""
    with pytest.raises(InputError) as caught:
        made(tmp_path, "a.srt", text)
    assert caught.value.reason is Reason.MALFORMED
    assert "Zebedee" not in str(caught.value)
