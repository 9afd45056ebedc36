# ruff: noqa: INP001 - a script to run by hand, not a package
"""Makes deid/data/brands.txt.gz: chains of shops, and things that a dictionary has with a capital.

Run by hand when a source or a list of names, places or words changes, after the other two:

    python tools/build_brands.py CHAINS WORDNET

CHAINS is ``dist/json/nsi.json`` of the npm package name-suggestion-index; WORDNET the ``data.noun``
of WordNet 3.0. What is here stays wherever it is said, so nothing is taken that may be somebody's
name or a small place's: single words are on no other list and not built like a name, and phrases
are no given name and no place, alone or with a kind of place. The output is byte for byte the same
for the same input.
"""

import gzip
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from deid.detect.words.allow import LISTS
from deid.detect.words.cues import roles
from deid.detect.words.evidence import word_names
from deid.detect.words.gazetteer import Entry, lexicon, plain, sections
from deid.detect.words.shapes import likeness

DATA = Path(__file__).resolve().parent.parent / "deid" / "data"
HERE = re.compile(r"001|conus|(?:gb|ie|us|ca|au|nz)(?:-[a-z0-9_-]+)?(?:\.geojson)?")
"""Where a chain is to be found: in the English-speaking countries, or everywhere."""
CHAINS = re.compile(
    r"brands/(?:shop/(?!.*(?:funeral|hairdresser|tattoo|massage|mall|butcher|locksmith|outpost))"
    r"|amenity/(?:bank|bar|bureau_de_change|cafe|car_rental|charging_station|cinema|fast_food|fuel"
    r"|ice_cream|parcel_locker|pharmacy|post_office|pub|restaurant)\Z"
    r"|tourism/(?:hotel|motel)|leisure/(?:fitness|bowling|trampoline|indoor_play)"
    r"|office/(?:insurance|telecommunication)\Z)"
)
THINGS = frozenset({4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 19, 20, 22, 24, 25, 26, 27})
"""WordNet's files of nouns, but for those of people, groups, places, objects (rivers) and times."""
BUILT, GROWN = frozenset({4, 6, 11}), frozenset({5, 13, 20})
COUNTED, BODY, ILLNESS = GROWN | {6}, 8, 26
"""Files of which an instance is a building, a ship, a battle; of animals, food and plants; of what
there are many; of parts of the body; of diseases."""
CARE = frozenset({"hospice", "hospices", "hospital", "clinic", "surgery", "practice"})
TAXA = re.compile(r"(?:idae|aceae|inae|oidea|formes|ales|phyta|poda|zoa|optera|mycota)\Z")
TAXON = re.compile(r"\b(?:gen(?:us|era)|famil(?:y|ies)|(?:sub)?(?:order|class|phylum)|taxonomic)\b")
FAIR, PART, COMMON = 4, 2, 35
PEOPLE_AND_PLACES = frozenset(
    {"adnams", "badcock", "bambu", "fairmont", "fido", "jazen", "laderach", "laline", "nobu",
     "skagit", "waitomo"}
)  # fmt: skip
"""Names of people and places that no list holds, by reading what the rules leave."""
SHORT, SHORTEST, LONGEST, LIKE_A_NAME = 2, 4, 4, 0.3
WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")


def chains(path: Path) -> Iterator[str]:
    """The names of chains, as said: with "and" for "&", and without."""
    for kind, found in json.loads(path.read_text(encoding="utf-8"))["nsi"].items():
        if CHAINS.match(kind):
            for item in found["items"]:
                if any(HERE.fullmatch(str(each)) for each in item["locationSet"]["include"]):
                    for name in _names(item):
                        yield from {fold(name.replace("&", joint)) for joint in (" and ", " ")}


def _names(item: dict[str, Any]) -> Iterator[str]:
    said = {item["tags"].get(key, "") for key in ("brand", "name", "short_name")}
    yield from sorted(said | {item["displayName"].partition(" (")[0]})


def fold(name: str) -> str:
    """Lower case without accents, straight apostrophes, single spaces."""
    return " ".join(plain(name.lower().replace("\u2019", "'")).split())


def nouns(path: Path) -> Iterator[tuple[str, int]]:
    """``(lemma as written, file)`` of WordNet's nouns, but for instances of what is built."""
    for line in path.read_text(encoding="ascii").splitlines():
        about, _, gloss = line.partition(" | ")
        if line.startswith(" ") or TAXON.search(gloss):
            continue
        _, file, _, count, *rest = about.split(" ")
        if not ("@i" in rest and int(file) in BUILT):
            for word in rest[: 2 * int(count, 16) : 2]:
                yield word.replace("_", " "), int(file)


def things(path: Path) -> Iterator[str]:
    """Lemmas with a capital, and phrases with a word that would be masked; and their plurals."""
    found = [(lemma, fold(lemma), file) for lemma, file in nouns(path)]
    body = frozenset(low for _, low, file in found if file == BODY)
    for lemma, low, file in found:
        if file not in THINGS:
            continue
        words = low.split()
        if len(words) == 1 and low != lemma and single(low) and not TAXA.search(low):
            yield low
        elif len(words) > 1 and thing(lemma, words, file) and words[-1] not in body:
            yield low
            if file in COUNTED and not low.endswith("s") and lexicon().entry(f"{words[-1]}s").tier:
                yield f"{low}s"


@cache
def hand_lists() -> frozenset[str]:
    """Every entry of the hand-written lists of what stays."""
    lists = (sections(name) for name in LISTS)
    return frozenset(low for found in lists for part in found.values() for low in part)


def entry(word: str) -> Entry:
    """What the lists know about a word without its possessive."""
    return lexicon().entry(word.removesuffix("'s").removesuffix("'"))


def somebody(word: str) -> bool:
    """Whether people are called so, and the word is hardly another."""
    found = entry(word)
    return found.given >= FAIR or (found.name >= PART and (not found.tier or found.tier > COMMON))


def somewhere(word: str) -> bool:
    """Whether a place is called so, and the word is hardly another."""
    found = entry(word)
    return found.place > 0 and (not found.tier or found.tier > COMMON)


def a_place(low: str) -> bool:
    """Whether a place is called so, of several words: "Amen Corner"."""
    first, *rest = low.split()
    seconds = lexicon().place_phrases.get(first, {})
    return bool(rest) and tuple(rest[1:]) in seconds.get(rest[0], ())


def single(low: str) -> bool:
    """Whether a word is of no list and not built like a name."""
    bare = low.removesuffix("'s").removesuffix("'")
    stems = (low, bare, low.removesuffix("s"), low.removesuffix("es"))
    known = any(not lexicon().entry(stem).unknown for stem in stems)
    parts = [lexicon().entry(part) for part in bare.split("-")]
    named = word_names().spelt_as_name(bare) or likeness(bare) >= LIKE_A_NAME
    return (
        len(bare) >= SHORTEST
        and not known
        and low not in PEOPLE_AND_PLACES
        and not named
        and not any(part.name or part.place for part in parts)
    )


def _of_a_place(words: list[str]) -> bool:
    """Whether it ends as a place or a body there does: "the Hill", "Village Surgery"."""
    kinds = sections("place_kinds.txt")
    ends = {*kinds["kinds"], *kinds["venues"], *sections("roles.txt")["sorts"], *roles().heads}
    return words[-1] in ends


def chain(low: str) -> bool:
    """Whether a chain's name of several words says no given name and no place."""
    words = low.split()
    found, ruled_out = [entry(word) for word in words], roles().kin | CARE
    if any(somebody(word) or somewhere(word) or word in ruled_out for word in words):
        return False
    if all(each.name >= PART for each in found) or _of_a_place(words):
        return False
    the = [each for word, each in zip(words, found, strict=True) if word != "the"]
    return len(the) > 1 or not any(each.name or each.place for each in the)


def thing(lemma: str, words: list[str], file: int) -> bool:
    """Whether a dictionary's phrase is a thing, with a word in it that would be masked."""
    kept = hand_lists()
    masked = [
        somebody(word) or somewhere(word) or (written != word and word not in kept)
        for word, written in zip(words, lemma.split(), strict=True)
    ]
    ends = entry(words[-1])
    if not any(masked) or masked[-1] or not ends.tier or ends.name > FAIR or _of_a_place(words):
        return False
    if len(words) == SHORT and entry(words[0]).given > FAIR and file not in GROWN:
        return False
    owned = any(word.endswith("'s") and entry(word).given >= FAIR for word in words)
    return file == ILLNESS or not owned


def fits(low: str) -> bool:
    """Whether it can be said and looked up."""
    words = low.split()
    return (
        0 < len(words) <= LONGEST
        and len(words[0]) > 1
        and all(WORD.fullmatch(word) for word in words)
    )


def main(named: Path, wordnet: Path) -> None:
    """Write the list."""
    found = {low for low in chains(named) if fits(low) and (chain if " " in low else single)(low)}
    found.update(low for low in things(wordnet) if fits(low))
    lines = sorted(low for low in found - hand_lists() if not a_place(low))
    body = ("\n".join(lines) + "\n").encode()
    (DATA / "brands.txt.gz").write_bytes(gzip.compress(body, compresslevel=9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
