"""Makes `inbox/`, `bad/` and `gold/` from `sources/`; see README.md.

Run as ``python sample_data/build.py [--to DIR]``. It must never write anything that is not
derived from `sources/`, and the same sources give the same bytes with the pinned libraries.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from making import broken, captions, gold, machines, markup, office, plain, word
from making.markup import Source

HERE = Path(__file__).parent

FORMATS: dict[str, tuple[str, Callable[[Source], bytes]]] = {
    "txt": (".txt", plain.txt),
    "docx-table": (".docx", word.table),
    "docx-labels": (".docx", word.labels),
    "docx-cover": (".docx", word.cover),
    "vtt": (".vtt", captions.vtt),
    "srt": (".srt", captions.srt),
    "rtf": (".rtf", plain.rtf),
    "odt": (".odt", office.odt),
    "csv": (".csv", plain.csv_table),
    "xlsx": (".xlsx", office.xlsx),
    "json-whisper": (".json", machines.whisper),
    "json-teams": (".json", machines.teams),
    "json-aws": (".json", machines.aws),
}
"""Format of a source to the raw file's suffix and its writer."""


def inbox_name(source: Source) -> str:
    """The raw file's name: `file:` of the header where given, else the title and a suffix."""
    suffix, _ = FORMATS[source.header["format"]]
    return source.header.get("file", source.header["title"].replace("/", "-") + suffix)


def build(sources: Path, target: Path) -> int:
    """Write all files below ``target``; how many transcripts there are."""
    for folder in ("inbox", "gold", "bad"):
        (target / folder).mkdir(parents=True, exist_ok=True)
    count = 0
    for source in markup.read_all(sources):
        _, write = FORMATS[source.header["format"]]
        file = inbox_name(source)
        (target / "inbox" / file).write_bytes(write(source))
        record = gold.dump(source, file=file)
        (target / "gold" / f"{source.name}.jsonl").write_text(record, encoding="utf-8")
        count += 1
    for name, data in broken.files().items():
        (target / "bad" / name).write_bytes(data)
    return count


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description="Make the sample data from its sources.")
    parser.add_argument("--to", type=Path, default=HERE, help="folder to write into")
    target = parser.parse_args().to
    print(f"{build(HERE / 'sources', target)} transcripts")


if __name__ == "__main__":
    main()
