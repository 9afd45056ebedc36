# ruff: noqa: INP001 - a script to run by hand, not a package
"""Makes deid/data/contexts.tsv.gz: what stands around people's names, places, and other words.

Run by hand when there is more gold to learn from, never at run time; needs scikit-learn, which the
program does not:

    python tools/build_contexts.py GOLD.jsonl [GOLD.jsonl ...]

Gold is as ``deid evaluate`` reads it. Every word of a marked name is an example of a name, every
word that is not among the commonest an example of none; of places likewise, where countries and
bodies are examples of neither. Names are learnt from twice, with the punctuation beside them and
without, for captions have none; places, which are asked for in captions alone, without. Signs of
fewer than three talks, and those that hardly weigh anything, are left out, so that nothing of a
single talk is in the list. The output is byte for byte the same for the same gold, lists and
version of scikit-learn.
"""

import argparse
import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from deid.detect.speech import Speech
from deid.detect.words.contexts import signs
from deid.detect.words.gazetteer import lexicon
from deid.detect.words.tokens import tokens_of
from deid.evaluate.gold import read_gold
from deid.evaluate.values import GoldLabel, Item
from deid.ingest.plain import split

DATA = Path(__file__).resolve().parent.parent / "deid" / "data"
PUNCTUATION = ("-0", "+0")
COMMONEST, FEWEST, STRENGTH, LIGHTEST = 10, 3, 0.5, 8


_NAMES = frozenset({GoldLabel.PERSON, GoldLabel.SPEAKER})
_PLACES = frozenset({GoldLabel.LOCATION})
_NEITHER = frozenset({GoldLabel.COUNTRY, GoldLabel.ORG})
type Examples = list[tuple[set[str], bool]]


def words(item: Item) -> Iterator[tuple[set[str], GoldLabel | None]]:
    """The signs around each word worth learning from, and what it is marked as."""
    pieces = split(item.text)
    starts = [0]
    for piece in pieces[:-1]:
        starts.append(starts[-1] + len(piece.text) + 1)
    text = "\n".join(piece.text for piece in pieces)
    tokens = tokens_of(Speech(text=text, starts=tuple(starts), speakers=("",) * len(pieces)))
    labels = {place: span.label for span in item.spans for place in range(span.start, span.end)}
    for place, (start, turn) in enumerate(zip(tokens.starts, tokens.turns, strict=True)):
        label = labels.get(start - starts[turn] + pieces[turn].text_start)
        common = lexicon().entry(tokens.lows[place]).tier == COMMONEST
        if label is not GoldLabel.UNSURE and (label in _NAMES | _PLACES or not common):
            yield set(signs(tokens, place)), label


def bare(around: set[str]) -> set[str]:
    """The signs that captions have too."""
    return {sign for sign in around if not sign.startswith(PUNCTUATION)}


def names_in(item: Item) -> Examples:
    """Examples of names and of other words, with the punctuation and without."""
    found = [(around, label in _NAMES) for around, label in words(item)]
    return [each for around, name in found for each in ((around, name), (bare(around), name))]


def places_in(item: Item) -> Examples:
    """Examples of places and of other words, as captions show them."""
    return [
        (bare(around), label in _PLACES) for around, label in words(item) if label not in _NEITHER
    ]


def learnt(talks: list[Examples]) -> dict[str, int]:
    """Sign -> hundredths, "" for the odds without any."""
    seen = Counter(sign for talk in talks for sign in set().union(*(around for around, _ in talk)))
    kept = {sign for sign, times in seen.items() if times >= FEWEST}
    found = [each for talk in talks for each in talk]
    columns = DictVectorizer()
    matrix = columns.fit_transform([dict.fromkeys(around & kept, 1) for around, _ in found])
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(matrix, [told for _, told in found])
    weights = {
        sign: round(100 * weight)
        for sign, weight in zip(columns.get_feature_names_out(), model.coef_[0], strict=True)
    }
    return {"": round(100 * model.intercept_[0])} | {
        sign: weight for sign, weight in weights.items() if abs(weight) >= LIGHTEST
    }


def main() -> None:
    """Learn and write the list."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+", type=Path)
    items = list(read_gold(parser.parse_args().gold))
    names, places = (learnt([each(item) for item in items]) for each in (names_in, places_in))
    text = "".join(
        f"{sign}\t{names.get(sign, 0)}\t{places.get(sign, 0)}\n"
        for sign in sorted(names.keys() | places.keys())
    )
    with (
        (DATA / "contexts.tsv.gz").open("wb") as raw,
        gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as packed,
    ):
        packed.write(text.encode())


if __name__ == "__main__":
    main()
