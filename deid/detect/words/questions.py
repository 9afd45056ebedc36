"""Turns that answer a question: for a name, for a name alone, for where, for who.

Only the end of a long turn is searched for its question. Nothing is decided here about the words of
the answer.
"""

import re

from deid.detect.speech import Speech

_ASKS_NAME = re.compile(
    r"\b(?:your|the|her|his|their|full|first|second|last|family|christian)\s+"
    r"(?:[a-z]+\s+){0,2}names?\b|\bsurname\b|\bwho\s+(?:am|is|are)\s+(?:i|this|we|you)\b"
    r"|\bwho\s+(?:you|we|they|he|she)(?:'re|'s|\s+are|\s+is)\b"
    r"|(?:\A|[.?!,:] )(?:and )?you(?:'re| are),?(?: sorry| again)?\s*\?"
    r"|\bwho's\s+(?:this|that|calling|speaking)\b|\bcan\s+i\s+(?:take|get|have)\s+a\s+name\b",
    re.IGNORECASE,
)
_ASKS_ONLY_NAME = re.compile(
    r"\bsurname for [a-z]+\s*\?\s*\Z|\b(?:your|his|her|their) surname\s*\Z"
    r"|(?<!brand )(?<!trade )(?<!drug )(?<!user )(?<!street )(?<!road )(?<!place )(?<!house )"
    r"(?<!group )(?<!company )(?<!proper )(?<!pub )(?<!school )(?<!shop )"
    r"\b(?:sur|fore)?name(?:,? please|,? again|,? then| there)?\s*\?\s*\Z"
    r"|\bwhat(?:'?s| is| was|'re| are) (?:your|his|her|their) [a-z]+(?: [a-z]+)? called\?\s*\Z"
    r"|\b(?:s?he(?:'s| is| was)|(?:'?s| is| was) s?he) called(?:,? again|,? then)?\?\s*\Z"
    r"|\bwhat(?:'?s| is| was) s?he called(?: again| then| now)?(?: (?:um|uh|er|erm))?\s*\Z"
    r"|\bwhat(?:'?s| is) (?:your|his|her) (?:first |last |real |full |second |sur)?name\s*\Z"
    r"|\b(?:like|prefer|want) to be (?:called|known as|addressed)\?\s*\Z"
    r"|\b(?:take|get|have) (?:a|the|your) (?:sur|first |last |full )?name(?:,? please)?\??\s*\Z"
    r"|(?:\A|: ?)(?:(?:and|okay|ok|right|so|the|your) )*surname please\s*\Z"
    r"|\bwhat (?:shall|should|do|can|may) (?:i|we|they|people) call (?:you|him|her)\?\s*\Z",
    re.IGNORECASE,
)
_ASKS_ONLY_WHERE = re.compile(
    r"(?:\A|[.?,] )(?:(?:and|which|what|what's the|the|your|home) )*"
    r"(?:town|village|city|hospital)\?\s*\Z"
    r"|(?:\A|[.?,] )(?:and |so )?(?:where ?abouts|where's (?:he|she|that) now|where(?=\?)"
    r"|(?:and |so )?you(?:'re| are| live| work| trained| moved) (?:in|to|from|at))"
    r"(?:\?|\.\.\.|\u2026)?\s*\Z"
    r"|\b(?:you(?:'re| are)|are you|and) still (?:in|at) (?:er |um )?[a-z][a-z' -]{2,30}\?\s*\Z"
    r"|\bare you from (?:there|here|round (?:here|there)|around (?:here|there)|that way)"
    r"(?: yourself| too| originally| then)?\??\s*\Z"
    r"|\bwhere ?(?:abouts)? (?:do|did|were|are|was) (?:you|he|she|they|that) "
    r"(?:train|study|living|live|based|born|from|move to|grow up)"
    r"(?: if you don't mind| originally| then| love)?\??\s*\Z",
    re.IGNORECASE,
)
_ASKS_WHERE = re.compile(
    r"\bwhere(?:abouts)?\b[^?\n]{0,40}?\b(?:from|live|lives|living|born|based|stay|staying"
    r"|stop|stopping|moved?|grow|grew|work|school|home|that|this)"
    r"(?: to| in| now| then| exactly| at the moment| these days)?(?:, [a-z' ]{1,20})?\?"
    r"|\b(?:what|which) (?:town|village|area|city|part|place|hospital|surgery|school)\b"
    r"[^?\n]{0,40}\?",
    re.IGNORECASE,
)
_ASKS_WHO = re.compile(r"\bwho(?:'s|'d|'ll)?\s[^.?\n]{1,60}\??\s*\Z", re.IGNORECASE)
_LONGEST_QUESTION = 600


def answering_turns(speech: Speech) -> frozenset[int]:
    """The turns right after a question for a name (and one more, where the first is short)."""
    return _after(speech, _ASKS_NAME)


def placing_turns(speech: Speech) -> frozenset[int]:
    """The turns right after a question for where somebody lives, comes from, works or was."""
    return _after(speech, _ASKS_WHERE) | _right_after(speech, _ASKS_ONLY_WHERE)


def naming_turns(speech: Speech) -> frozenset[int]:
    """The turns right after a question that only a name answers: "Surname?"."""
    return _right_after(speech, _ASKS_ONLY_NAME)


def _right_after(speech: Speech, question: re.Pattern[str]) -> frozenset[int]:
    spans = (speech.turn_span(number) for number in range(len(speech.starts) - 1))
    return frozenset(
        number + 1
        for number, (low, high) in enumerate(spans)
        if question.search(speech.text[max(low, high - _LONGEST_QUESTION) : high])
    )


def who_turns(speech: Speech) -> frozenset[int]:
    """The turns right after "who did that?"."""
    return _after(speech, _ASKS_WHO)


def _after(speech: Speech, question: re.Pattern[str]) -> frozenset[int]:
    found: set[int] = set()
    for number in range(len(speech.starts) - 1):
        low, high = speech.turn_span(number)
        asked = question.search(speech.text, max(low, high - _LONGEST_QUESTION), high)
        if asked is not None:
            found.add(number + 1)
            after_low, after_high = speech.turn_span(number + 1)
            if after_high - after_low < _SHORT_ANSWER and number + 2 < len(speech.starts):
                found.add(number + 2)
    return frozenset(found)


_SHORT_ANSWER = 12
