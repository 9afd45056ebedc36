# ruff: noqa: INP001 - a script to run by hand, not a package
"""Makes the lists of names, places, sites, words and postcode districts in deid/data.

Run by hand when a source changes, never at run time:

    python tools/build_lists.py GAZETTEERS SCOWL

GAZETTEERS holds given_names, family_names, places and hospital_sites (.tsv.gz, see
deid/data/README.md); SCOWL holds the ``english-words.N``, ``british-words.N`` and their sisters'
files of the SCOWL word list. The output is byte for byte the same for the same input.
"""

import csv
import gzip
import re
import sys
from collections.abc import Iterator, Mapping
from math import log2
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "deid" / "data"
TIERS = (10, 20, 35, 40, 50, 55, 60, 70)
HOME_WORDS = ("english", "british")
OTHER_WORDS = ("american", "australian", "canadian")
A_NAME = 5
"""The weight from which what is a word abroad alone is a name first."""
PLACE_WEIGHT = {"City": 9, "Town": 7, "Suburban Area": 4, "Village": 3}
EXTRA_PLACE = 7
EXTRA_NAMES = {"names_extra.txt": 5, "names_origins.txt": 4}
"""Hand-written lists of names, each with the weight of its entries."""


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of one gzipped tab-separated list, by column name."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def section_entries(path: Path) -> Iterator[tuple[str, str]]:
    """``(section, entry)`` of a hand-written list."""
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif not line.startswith("#"):
            yield from ((section, entry.strip()) for entry in line.split(",") if entry.strip())


def short_forms(path: Path) -> Iterator[str]:
    """The short forms of nicknames.txt: what stands after the colon of a line."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from line.partition(":")[2].split()


def fold(name: str) -> str:
    """Lower case, straight apostrophes."""
    return name.strip().strip('"').lower().replace("\u2019", "'")


def log_count(count: int) -> int:
    """0 to 9: how often, on a logarithmic scale (1 is under 8, 9 is over 100,000)."""
    return max(1, min(9, round((log2(count + 1) - 1) / 1.8))) if count > 0 else 0


def names(gazetteers: Path) -> dict[str, tuple[int, int]]:
    """Folded name -> (weight as a given name, weight as a family name), each 0 to 9."""
    given: dict[str, int] = {}
    family: dict[str, int] = {}
    for row in rows(gazetteers / "given_names.tsv.gz"):
        count = int(row["count_uk"]) + int(row["count_us"]) // 40
        given[fold(row["name"])] = log_count(count)
    for row in rows(gazetteers / "family_names.tsv.gz"):
        family[fold(row["name"])] = max(2, log_count(int(row["count_england"]) * 4))
    for listed, weight in EXTRA_NAMES.items():
        for section, entry in section_entries(DATA / listed):
            table = family if section == "family" else given
            for name in {fold(entry), fold(entry).split()[-1]}:
                table[name] = max(table.get(name, 0), weight)
    for name in short_forms(DATA / "nicknames.txt"):
        given[name] = max(given.get(name, 0), EXTRA_NAMES["names_extra.txt"])
    return {
        name: (given.get(name, 0), family.get(name, 0))
        for name in sorted(given.keys() | family.keys())
        if len(name) > 1 and "." not in name
    }


def places(gazetteers: Path) -> dict[str, int]:
    """Folded place name -> weight 1 to 9: 9 a city, 2 a hamlet."""
    found: dict[str, int] = {}
    for row in rows(gazetteers / "places.tsv.gz"):
        for name in fold(row["name"]).split(" / "):
            if len(name) > 1:
                found[name] = max(found.get(name, 0), PLACE_WEIGHT.get(row["type"], 2))
    for _, entry in section_entries(DATA / "places_extra.txt"):
        found[fold(entry)] = EXTRA_PLACE
    return dict(sorted(found.items()))


SITE_LENGTHS = range(2, 6)
SITE_WORDS = ("hospital", "infirmary", "hospice", "medical centre", "health centre", "surgery")


def sites(gazetteers: Path, common: dict[str, int]) -> list[str]:
    """Folded names of hospitals and surgeries: cut at a comma or dash, ending in what they are."""
    found = set()
    for row in rows(gazetteers / "hospital_sites.tsv.gz"):
        for part in fold(row["name"]).replace(" - ", "(").replace(",", "(").split("("):
            name = part.strip(" )")
            known = [word in common for word in name.split()]
            if name.endswith(SITE_WORDS) and len(known) in SITE_LENGTHS and not all(known):
                found.add(name)
    return sorted(found)


DISTRICT = re.compile(r"([A-Z]{1,2})(\d{1,2})[A-Z]?")
UNLISTED = {"BT": 94, "EC": 4, "WC": 2, "JE": 5, "GY": 10, "IM": 9, "YO": 1}
"""Areas, or their beginnings, whose districts hold no listed place, with the highest of them."""
WIDEST_GAP, FIRST_CLOSED = 5, 3
DISTRICTS = "spoken_postcode_districts.txt"


def districts(gazetteers: Path) -> list[str]:
    """Ranges of postcode districts by area, gaps up to four closed: "BS 1-41 48-49"."""
    found: dict[str, set[int]] = {area: set(range(1, last + 1)) for area, last in UNLISTED.items()}
    for row in rows(gazetteers / "places.tsv.gz"):
        match = DISTRICT.fullmatch(row["postcode_district"])
        if match:
            found.setdefault(match[1], set()).add(int(match[2]))
    lines = []
    for area, numbers in sorted(found.items()):
        begins = {1} if min(numbers) in range(2, FIRST_CLOSED + 1) else set()
        ranges: list[list[int]] = []
        for number in sorted(numbers | begins):
            if ranges and number - ranges[-1][1] <= WIDEST_GAP:
                ranges[-1][1] = number
            else:
                ranges.append([number, number])
        said = (f"{low}-{high}" if low < high else f"{low}" for low, high in ranges)
        lines.append(" ".join([area, *said]))
    return lines


def words(scowl: Path, named: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """English word -> the smallest SCOWL size (10 commonest ... 70) that holds it in lower case.

    Machines write what Britons say in American spelling ("color", "realize"). What only other
    countries spell so, and many in Britain are called ("gray", "lilly"), is no word here.
    """
    tiers: dict[str, int] = {}
    for tier in TIERS:
        for kind in (*HOME_WORDS, *OTHER_WORDS):
            path = scowl / f"{kind}-words.{tier}"
            if path.exists():
                for word in path.read_text(encoding="iso-8859-1").split():
                    name = kind in OTHER_WORDS and max(named.get(word, (0, 0))) >= A_NAME
                    if word.islower() and not word.endswith("'s") and not name:
                        tiers.setdefault(word, tier)
    return dict(sorted(tiers.items()))


def write(name: str, lines: list[str]) -> None:
    """One line an entry, gzipped without a time stamp."""
    body = ("\n".join(lines) + "\n").encode()
    (DATA / name).write_bytes(gzip.compress(body, compresslevel=9, mtime=0))


def main(gazetteers: Path, scowl: Path) -> None:
    """Write all five lists; the head of the last, which is plain text, stays."""
    plain = DATA / DISTRICTS
    head = [line for line in plain.read_text(encoding="utf-8").splitlines() if line[:1] == "#"]
    plain.write_text("\n".join([*head, *districts(gazetteers)]) + "\n", encoding="utf-8")
    named = names(gazetteers)
    known = words(scowl, named)
    write("names.tsv.gz", [f"{n}\t{g}\t{f}" for n, (g, f) in named.items()])
    write("places.tsv.gz", [f"{name}\t{weight}" for name, weight in places(gazetteers).items()])
    write("sites.txt.gz", sites(gazetteers, known))
    write("words.tsv.gz", [f"{word}\t{tier}" for word, tier in known.items()])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
