"""The spoken family: every recogniser of what is said, in the order in which each sees the rest.

Alone in bringing them all: whoever needs the normaliser, and no recogniser, waits for none.
"""

import re
from collections.abc import Iterable, Sequence
from functools import partial

from deid.detect.speech import Hit, Recogniser, Speech
from deid.detect.spoken.addresses.addresses import find_addresses
from deid.detect.spoken.addresses.edges import with_edges
from deid.detect.spoken.again.again import said_again
from deid.detect.spoken.again.asides import asides
from deid.detect.spoken.again.asked_parts import asked_parts
from deid.detect.spoken.again.bits_put_right import bits_put_right
from deid.detect.spoken.again.dictated import dictated
from deid.detect.spoken.again.digit_doubted import digit_doubted
from deid.detect.spoken.again.edges_put_right import edges_put_right
from deid.detect.spoken.again.ends_said import ends_said
from deid.detect.spoken.again.exchanges import exchanges
from deid.detect.spoken.again.given_in_groups import given_in_groups
from deid.detect.spoken.again.groups import Group, groups
from deid.detect.spoken.again.halves import halves
from deid.detect.spoken.again.put_otherwise import put_otherwise
from deid.detect.spoken.again.rests_in_a_word import rests_in_a_word
from deid.detect.spoken.again.said_before import said_before
from deid.detect.spoken.again.said_twice import echoed, said_twice
from deid.detect.spoken.again.sort_codes import sort_codes
from deid.detect.spoken.again.taken_back import begun_again, put_anew, taken_back
from deid.detect.spoken.again.turns_dictated import turns_dictated
from deid.detect.spoken.ages.ages import find_ages
from deid.detect.spoken.codes.codes import find_codes
from deid.detect.spoken.codes.counted import counted
from deid.detect.spoken.codes.cued import cued_codes
from deid.detect.spoken.codes.edges import professions
from deid.detect.spoken.codes.lettered import lettered
from deid.detect.spoken.codes.old_health import old_health
from deid.detect.spoken.codes.plate_parts import plate_parts
from deid.detect.spoken.codes.plates_said_back import plates_said_back
from deid.detect.spoken.codes.printed import printed_codes
from deid.detect.spoken.codes.told import told_codes
from deid.detect.spoken.codes.torn import torn_codes
from deid.detect.spoken.codes.with_gaps import with_gaps
from deid.detect.spoken.dates.articles import with_articles
from deid.detect.spoken.dates.birth_answers import birth_answers
from deid.detect.spoken.dates.birth_talk import birth_talk
from deid.detect.spoken.dates.births import find_births
from deid.detect.spoken.dates.births_beside import births_beside
from deid.detect.spoken.dates.births_of_others import births_of_others
from deid.detect.spoken.dates.checked import births_checked
from deid.detect.spoken.dates.day_first import day_first
from deid.detect.spoken.dates.days import find_dates
from deid.detect.spoken.dates.days_again import days_again
from deid.detect.spoken.dates.lone_days import lone_days
from deid.detect.spoken.dates.months_asked import feasts_of_births, months_asked
from deid.detect.spoken.dates.months_of_birth import months_of_birth
from deid.detect.spoken.dates.numbered_parts import numbered_parts
from deid.detect.spoken.dates.parts_asked import parts_asked
from deid.detect.spoken.dates.parts_led import parts_led
from deid.detect.spoken.dates.put_right import put_right
from deid.detect.spoken.dates.run_together import run_together
from deid.detect.spoken.dates.sideways import sideways
from deid.detect.spoken.dates.weekday_asides import weekday_asides
from deid.detect.spoken.dates.year_asked import year_asked
from deid.detect.spoken.dates.year_first import year_first
from deid.detect.spoken.heard.one_case import of_one_case
from deid.detect.spoken.heard.reading import Reading, read
from deid.detect.spoken.heard.turns import by_turn
from deid.detect.spoken.letters.dotted import dotted_letters
from deid.detect.spoken.letters.letters import find_letters
from deid.detect.spoken.numbers.asked_together import asked_together
from deid.detect.spoken.numbers.endings import endings
from deid.detect.spoken.numbers.homophones import homophones
from deid.detect.spoken.numbers.numbers import find_numbers
from deid.detect.spoken.numbers.old_exchanges import old_exchanges
from deid.detect.spoken.numbers.phone_parts import phone_parts
from deid.detect.spoken.numbers.rest_of_phones import rest_of_phones
from deid.detect.spoken.numbers.runs import digit_runs
from deid.detect.spoken.numbers.short_phones import short_phones
from deid.detect.spoken.numbers.split import split_numbers
from deid.detect.spoken.numbers.switchboard import lone_extensions, switchboard
from deid.detect.spoken.numbers.torn_records import torn_records
from deid.detect.spoken.numbers.written import written_numbers
from deid.detect.spoken.postcodes.answered import answered_postcodes
from deid.detect.spoken.postcodes.district_talk import district_talk
from deid.detect.spoken.postcodes.districts import districts, districts_said
from deid.detect.spoken.postcodes.districts_known import districts_known
from deid.detect.spoken.postcodes.explained import explained
from deid.detect.spoken.postcodes.letters_doubted import letters_doubted
from deid.detect.spoken.postcodes.postcodes import find_postcodes
from deid.detect.spoken.postcodes.torn import torn_postcodes
from deid.detect.spoken.postcodes.two_letters import two_letters
from deid.detect.spoken.postcodes.zip_codes import zip_codes
from deid.detect.spoken.web.mail import find_mail
from deid.detect.spoken.web.passwords import passwords
from deid.detect.spoken.web.web import find_web
from deid.errors import SettingsError

__all__ = ["RECOGNISERS", "REFERENCE_YEAR", "find", "recognisers"]

REFERENCE_YEAR = 2026


def recognisers(
    *,
    medical_record_patterns: tuple[str, ...] = (),
    medical_record_cues: tuple[str, ...] = (),
    reference_year: int = REFERENCE_YEAR,
) -> tuple[Recogniser, ...]:
    """The family, for one trust.

    Args:
        medical_record_patterns: How the trust writes its hospital numbers: regular expressions
            over upper-case letters and digits, spaces and hyphens left out. A match is redacted
            wherever it stands; numbers of the usual forms are only near a cue.
        medical_record_cues: Words near which such a number is one, besides the built-in ones.
        reference_year: When the talk was held, about; a full date at least 14 years earlier is
            a date of birth. A constant, not the clock: the same input gives the same output.

    Raises:
        SettingsError: A pattern is not a regular expression.
    """
    try:
        patterns = tuple(re.compile(pattern) for pattern in medical_record_patterns)
    except re.error:
        raise SettingsError(
            "detection.medical_record_patterns: not a regular expression; correct it"
        ) from None
    cues = tuple(medical_record_cues)
    numbers: tuple[Recogniser, ...] = (
        partial(find_numbers, record_cues=cues),
        partial(find_codes, record_patterns=patterns, record_cues=cues),
        partial(find_postcodes, record_cues=cues),
        partial(find_dates, reference_year=reference_year, record_cues=cues),
        partial(find_births, record_cues=cues),
    )
    family: tuple[Recogniser, ...] = (
        partial(_with_repeats, family=numbers, record_cues=cues, reference_year=reference_year),
        partial(find_ages, record_cues=cues),
        partial(_addresses, record_cues=cues),
        partial(find_mail, record_cues=cues),
        partial(find_web, record_cues=cues),
        partial(find_letters, record_cues=cues),
        lambda speech: dotted_letters(speech.text),
    )
    return tuple(partial(_turn_by_turn, recogniser=each, record_cues=cues) for each in family)


def find(speech: Speech, *, using: Iterable[Recogniser] | None = None) -> list[Hit]:
    """All hits of the family in text order; they may overlap."""
    found = {hit for recogniser in using or RECOGNISERS for hit in recogniser(speech)}
    return sorted(found, key=lambda hit: (hit.start, -hit.end, hit.entity_type, hit.rule))


def _addresses(speech: Speech, *, record_cues: tuple[str, ...]) -> Iterable[Hit]:
    for text in (speech.text, *of_one_case(speech.text)):
        yield from with_edges(text, find_addresses(text, record_cues=record_cues))


def _with_repeats(
    speech: Speech,
    *,
    family: tuple[Recogniser, ...],
    record_cues: tuple[str, ...],
    reference_year: int,
) -> Iterable[Hit]:
    reading = read(speech.text, record_cues)
    hits = [hit for recogniser in family for hit in recogniser(speech)]
    hits += written_numbers(speech, hits)
    hits = _by_company(reading, hits, reference_year)
    said = groups(reading)
    hits += given_in_groups(speech, reading, said, hits)
    hits += halves(reading, said, hits)
    hits += [*echoed(reading, hits), *rests_in_a_word(reading, hits)]
    hits += edges_put_right(reading, hits)
    hits += put_otherwise(reading, hits)
    again = _said_again(reading, said, hits)
    again += birth_talk(reading, [*hits, *again])
    return with_articles(speech.text, [*hits, *again, *lone_days(reading, hits)])


def _by_company(reading: Reading, found: Sequence[Hit], reference_year: int) -> list[Hit]:
    """What was found, and what a question, a shape or a hit beside it tells; each sees the rest."""
    hits = list(found)
    hits += asked_together(reading, hits)
    hits += year_first(reading, reference_year=reference_year)
    hits += day_first(reading, reference_year=reference_year)
    hits += births_checked(reading, reference_year=reference_year)
    hits += run_together(reading, reference_year=reference_year)
    hits += split_numbers(reading, hits)
    hits += rest_of_phones(reading, hits)
    hits += dictated(reading, hits)
    hits += short_phones(reading, hits)
    hits += [*switchboard(reading, hits), *old_exchanges(reading), *sort_codes(reading, hits)]
    hits += lone_extensions(reading)
    hits += digit_runs(reading, hits)
    hits += homophones(reading, hits)
    hits += [
        *torn_codes(reading, hits),
        *torn_postcodes(reading),
        *districts(reading),
        *districts_said(reading),
        *two_letters(reading),
    ]
    hits += [*zip_codes(reading), *explained(reading, hits)]
    hits += answered_postcodes(reading, hits)
    hits += letters_doubted(reading, hits)
    hits += districts_known(reading, hits)
    hits += district_talk(reading, hits)
    hits += torn_records(reading, hits)
    hits += [
        *lettered(reading, hits),
        *plate_parts(reading),
        *with_gaps(reading),
        *printed_codes(reading),
        *cued_codes(reading, hits),
        *passwords(reading),
    ]
    hits += [*counted(reading), *old_health(reading, hits), *professions(reading, hits)]
    hits += told_codes(reading, hits)
    hits += said_twice(reading, hits)
    hits += endings(reading, hits)
    hits += phone_parts(reading, hits)
    hits += birth_answers(reading, hits)
    hits += births_of_others(reading, hits)
    hits += [*sideways(reading), *numbered_parts(reading)]
    hits += months_of_birth(reading)
    hits += months_asked(reading, reference_year=reference_year)
    hits += births_beside(reading, hits, reference_year=reference_year)
    hits += year_asked(reading, hits, reference_year=reference_year)
    hits += feasts_of_births(reading, hits)
    hits += weekday_asides(reading, hits, reference_year=reference_year)
    hits += parts_asked(reading, hits)
    hits += parts_led(reading, hits)
    hits += asked_parts(reading, hits)
    hits += exchanges(reading, hits)
    return hits


def _said_again(reading: Reading, said: Sequence[Group], hits: Sequence[Hit]) -> list[Hit]:
    """What says ``hits`` again, takes them back or goes on with them; each sees all before it."""
    again = [*days_again(reading, hits), *put_right(reading, hits), *said_again(reading, hits)]
    again += plates_said_back(reading, [*hits, *again])
    again += said_before(reading, [*hits, *again])
    again += ends_said(reading, [*hits, *again])
    again += [*taken_back(reading, [*hits, *again]), *begun_again(reading, hits)]
    again += put_anew(reading, [*hits, *again])
    again += turns_dictated(reading, [*hits, *again])
    again += asides(reading, [*hits, *again])
    again += bits_put_right(reading, said, [*hits, *again])
    again += digit_doubted(reading, [*hits, *again])
    return again


def _turn_by_turn(
    speech: Speech, *, recogniser: Recogniser, record_cues: tuple[str, ...]
) -> Iterable[Hit]:
    return by_turn(read(speech.text, record_cues).words, recogniser(speech))


RECOGNISERS = recognisers()
