"""What leads from a site to the name on it: "on Insta we're", "my Bluesky name", "on Facebook as".

Where a handle may begin, for the rules that judge what follows. Never behind "the door handle's".
"""

from collections.abc import Iterator, Sequence

from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.web.handles_told import is_held

OWN = frozenset({"i'm", "it's", "we're", "is", "that's", "just", "im", "its"})
"""Small words between a site and the name on it."""
SELVES = frozenset({"i'm", "im", "we're", "she's", "he's", "they're"})
_NAMING = frozenset({"name", "handle", "account", "username", "tag", "page", "profile"})
_MOSTLY = frozenset({"mainly", "mostly", "usually", "too"})
_ARE = (["we", "are"], ["i", "am"])
_SEARCHED = (["search", "for"], ["look", "for"], ["look", "up"])
_NEAR, _AHEAD = 60, 8


def behind_sites(reading: Reading, first: int, last: int, social: Sequence[int]) -> Iterator[int]:
    """The tokens where a name may begin behind the sites of a turn.

    Args:
        reading: Of the transcript.
        first: The turn's first token.
        last: The token after the turn.
        social: The tokens that tell of a site, of followers or of posts.
    """
    words = reading.words
    for token in range(first, last):
        if words.words[token] == "x" and words.words[max(0, token - 1) : token] == ["on"]:
            yield token + 1
    for cue in reading.cues.of(CueKind.HANDLE):
        if not first <= cue.first < last or cue.last >= last:
            continue
        handle = words.words[cue.first].removesuffix("'s") == "handle"
        near = any(abs(at - cue.first) < _NEAR for at in social)
        lead = words.words[cue.first - 1] if cue.first > first else ""
        if handle and (is_held(words, cue.last, cue.last + 1) or (lead == "the" and not near)):
            continue  # "the door handle's broken"
        yield from _behind_site(reading, cue.last, lead)
        for token in range(cue.last, min(last - 2, cue.last + _AHEAD)):
            if words.words[token : token + 2] in _SEARCHED:
                yield token + 2


def _behind_site(reading: Reading, site: int, lead: str) -> Iterator[int]:
    """The token behind a site that ends before ``site``, with ``lead`` before it, if it leads."""
    words = reading.words.words
    after = site + (words[site] in _NAMING)
    told = words[after - 1].endswith("'s") or words[after : after + 1] == ["is"]
    mostly = words[site] in _MOSTLY
    own = words[site + mostly : site + mostly + 1]
    if told or not (OWN | SELVES if lead == "on" else SELVES).isdisjoint(own):
        yield after + mostly
    elif lead == "on" and words[site] == "as":
        yield site + 1
    elif words[site : site + 2] in _ARE:
        yield site + 2
