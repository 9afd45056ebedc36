"""How cost grows with the number of transcripts: ``make bench-scale``.

Each night is a workspace of its own with a synthetic inbox, and ``deid run`` as an officer would
start it, in processes of its own. Printed are words a second, what a transcript costs beyond the
start, and the most memory that the process with the vault and the workers had. Then a study that
has grown for years, made directly, in which a night finds nothing new.

``python -m bench.scale --nights 10 100 1000 10000 --words 8000 --grown 100000`` is the full size
(80 million words, hours on two cores); the defaults take minutes.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import batched, cycle, islice
from pathlib import Path
from random import Random
from uuid import uuid4

import psutil
from rich.console import Console

from bench import detection, people
from deid.audit import EventType, read
from deid.audit.event import NO_EVENT, sealed_line
from deid.cli.initialise import init
from deid.lists import lists_digest
from deid.pipeline import fingerprint_of
from deid.run import versions
from deid.site import Site
from deid.transcript import EntityType
from deid.vault import Original, TranscriptRecord, TranscriptState, Vault

NIGHTS, WORDS, GROWN = (10, 100, 1_000), 300, 100_000
PEOPLE = 3
"""Names that no other transcript has, so that what a study knows grows as it does in life."""
ORIGINALS = 10
SYLLABLES = (
    *("ba", "del", "for", "gri", "hul", "jor", "kes", "lam", "mer", "nor", "pel", "quin", "ras"),
    *("sto", "tul", "vex", "wor", "yal"),
)
DEID = Path(sys.executable).with_name("deid")


def texts(count: int, words: int) -> Iterator[str]:
    """Transcripts of about so many words; none is like another."""
    said = [
        str(record["text"]).strip()
        for seed in range(2)
        for record in (
            *detection.identifiers(Random(seed)),  # noqa: S311  repeatable, not secret
            *people.names(Random(seed)),  # noqa: S311  repeatable, not secret
        )
    ]
    rng = Random(7)  # noqa: S311  repeatable, not secret
    for number in range(count):
        lines = [f"P1: My name is {_name(rng)} {_name(rng)}, number {number}." for _ in "12"]
        lines += [f"P1: I came with {_name(rng)} {_name(rng)} again." for _ in range(PEOPLE - 1)]
        length = sum(len(line.split()) for line in lines)
        while length < words:
            lines.append(rng.choice(said))
            length += len(lines[-1].split())
        yield "\n".join(lines) + "\n"


def _name(rng: Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(3)).capitalize()


def workspace(folder: Path) -> Site:
    """A fresh one, whose files need not stand still first."""
    init(folder)
    path = folder / "config" / "deid.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"settle_seconds: \d+", "settle_seconds: 0", text), encoding="utf-8")
    return Site.open(folder)


def run(root: Path) -> tuple[float, float, float]:
    """Seconds of one ``deid run``, and peak megabytes of its main process and of one worker."""
    started = time.monotonic()
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    command = [DEID, "run", "--workspace", root]
    main = worker = 0.0
    with tempfile.TemporaryFile() as said:
        process = psutil.Popen(
            list(map(str, command)), env=environment, stdout=subprocess.DEVNULL, stderr=said
        )
        while process.poll() is None:
            try:
                main = max(main, process.memory_info().rss / 2**20)
                below = process.children(recursive=True)
                workers = (one for one in below if "forkserver" in str(one.cmdline()))
                worker = max([worker, *(each.memory_info().rss / 2**20 for each in workers)])
            except psutil.Error:
                continue
            finally:
                time.sleep(0.2)
        if process.returncode:
            said.seek(0)
            last = said.read().decode(errors="replace").strip().splitlines()[-1:]
            raise SystemExit(f"deid run ended with {process.returncode}: {''.join(last)}")
    return time.monotonic() - started, main, worker


def night(console: Console, folder: Path, *, count: int, words: int) -> None:
    """A first night of so many transcripts, then one with nothing new."""
    site = workspace(folder)
    for number, text in enumerate(texts(count, words)):
        (site.workspace.inbox / f"{number}.txt").write_text(text, encoding="utf-8")
    total = sum(len(t.split()) for t in texts(count, words))
    start, *_ = run(workspace(folder.with_name("empty")).workspace.root)
    seconds, main, worker = run(folder)
    again, *_ = run(folder)
    console.print(
        f"{count:>6} transcripts, {total:,} words: {seconds:.1f} s "
        f"({total / seconds:,.0f} words/s; {1000 * (seconds - start) / count:.0f} ms a transcript "
        f"beyond the start of {start:.1f} s), main {main:.0f} MB, worker {worker:.0f} MB; "
        f"nothing new: {again:.1f} s"
    )
    shutil.rmtree(folder)
    shutil.rmtree(folder.with_name("empty"))


def grown(console: Console, folder: Path, *, count: int) -> None:
    """A night with nothing new in a study that has seen so many transcripts."""
    site = workspace(folder)
    fill(site, count)
    seconds, main, _ = run(folder)
    size = (site.workspace.vault.stat().st_size + site.workspace.events.stat().st_size) / 2**20
    console.print(
        f"{count:>6} processed before, vault and log {size:.0f} MB, nothing new: {seconds:.1f} s, "
        f"main {main:.0f} MB"
    )


def fill(site: Site, count: int) -> None:
    """Files, records, originals and events as runs would have left them."""
    fingerprint = fingerprint_of(site, versions(site))
    place, rng = site.workspace, Random(3)  # noqa: S311  repeatable, not secret
    names = [f"{_name(rng)} {_name(rng)}" for _ in range(50_000)]
    with Vault.open(place.vault, site.keys.vault_key) as vault:
        for numbers in batched(range(count), 2_000):
            with vault.transaction():
                for number in numbers:
                    record = _record(site, number, fingerprint)
                    vault.upsert_transcript(record)
                    vault.replace_originals(
                        record.transcript_id,
                        (
                            Original(record.transcript_id, EntityType.PERSON, name)
                            for name in islice(cycle(names), number, number + ORIGINALS)
                        ),
                    )
    _write_log(site, count)


def _record(site: Site, number: int, fingerprint: str) -> TranscriptRecord:
    place = site.workspace
    folder = place.inbox / f"{number // 1000}"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{number}.txt"
    path.write_text(f"INT: {number}\n", encoding="utf-8")
    digest = f"{number:064x}"
    transcript_id = f"t-{number:016x}"
    for table in (place.staging / "turns", place.staging / "transcripts", place.redactions):
        table.mkdir(mode=0o700, exist_ok=True)
        (table / f"{transcript_id}.parquet").touch(mode=0o600)
    status = path.stat()
    return TranscriptRecord(
        transcript_id=transcript_id,
        relative_path=path.relative_to(place.inbox).as_posix(),
        content_digest=digest,
        fingerprint=fingerprint,
        state=TranscriptState.DONE,
        run_id=str(uuid4()),
        outputs={f"staging/{table}/{transcript_id}.parquet": digest for table in ("turns", "tr")},
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
    )


def _write_log(site: Site, count: int) -> None:
    """As many events as transcripts, chained as they should be, and the end of a run."""
    path, run_id = site.workspace.events, str(uuid4())
    seq, prev = max(((event.seq, event.hash) for event in read(path)), default=(0, NO_EVENT))
    at = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    with path.open("ab") as log:
        for number in range(count + 1):
            done = number == count
            kind = EventType.RUN_FINISHED if done else EventType.TRANSCRIPT_WRITTEN
            seq += 1
            line, prev = sealed_line(
                {
                    "type": kind.value,
                    "actor": "deid",
                    "run_id": run_id,
                    "subject": run_id if done else f"t-{number:016x}",
                    "facts": {} if done else {"content": lists_digest(), "words": 8_000},
                    "files": {},
                    "seq": seq,
                    "at": at,
                    "prev": prev,
                }
            )
            log.write(line)


def main() -> None:
    """Each night, then the grown study."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--nights", type=int, nargs="*", default=NIGHTS)
    parser.add_argument("--words", type=int, default=WORDS, help="of a transcript")
    parser.add_argument("--grown", type=int, default=GROWN, help="0 for none")
    told = parser.parse_args()
    console = Console(highlight=False, soft_wrap=True)
    with tempfile.TemporaryDirectory(prefix="deid-scale-") as folder:
        for count in told.nights:
            night(console, Path(folder) / f"night-{count}", count=count, words=told.words)
        if told.grown:
            grown(console, Path(folder) / "grown", count=told.grown)


if __name__ == "__main__":
    main()
