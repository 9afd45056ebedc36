"""sample_data/README.md says what is there."""

import json
import re
import subprocess
import sys
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "sample_data"
README = (SAMPLE / "README.md").read_text(encoding="utf-8")
RECORDS = [
    json.loads(path.read_text(encoding="utf-8")) for path in (SAMPLE / "gold").glob("*.jsonl")
]
NUMBERS = {18: "Eighteen", 19: "Nineteen", 20: "Twenty", 21: "Twenty-one", 22: "Twenty-two"}


def test_count_is_the_count() -> None:
    """The first line names how many transcripts there are."""
    assert f"{NUMBERS[len(RECORDS)]} transcripts" in README


def test_command_builds(tmp_path: Path) -> None:
    """The command of the README runs, and makes as many records as are committed."""
    command = re.search(r"```sh\npython (\S+)\n```", README)
    assert command is not None
    script = SAMPLE.parent / command[1]
    subprocess.run([sys.executable, str(script), "--to", str(tmp_path)], check=True)
    assert len(list((tmp_path / "gold").iterdir())) == len(RECORDS)


def test_every_folder_is_described() -> None:
    """What stands in the folder stands in the README's table, and the other way round."""
    named = set(re.findall(r"`([\w.]+)/?`", README.split("## Make it again")[0]))
    there = {path.name for path in SAMPLE.iterdir() if path.name[0] not in "._"}
    assert named == there - {"README.md"}


def test_every_format_is_described() -> None:
    """Each format in use has a row."""
    formats = README.split("| format | file |")[1].split("## Gold")[0]
    assert {record["format"] for record in RECORDS} == set(re.findall(r"`([\w-]+)`", formats)) - {
        "encoding"
    }


def test_every_label_is_described() -> None:
    """Each label in use has a row."""
    rows = README.split("| label | what is marked |")[1]
    labels = {span["label"] for record in RECORDS for span in record["spans"]}
    assert labels <= set(re.findall(r"\b[A-Z]{2,}\b", rows))


def test_every_key_is_described() -> None:
    """Each key of a gold record is named."""
    gold = README.split("## Gold")[1]
    assert all(f'"{key}"' in gold for record in RECORDS for key in record)
