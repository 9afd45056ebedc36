"""The register of the run before, as the vault keeps it: its entries as JSON, and back."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from deid.register import Person, Register
from deid.vault import Vault, registers


def remembered(vault: Vault) -> Iterator[Person]:
    """The entries of the register of the run before."""
    held = registers.get(vault)
    return people_of(held.people) if held else iter(())


def stored(register: Register) -> str:
    """A register as the vault keeps it."""
    return json.dumps([asdict(person) for person in register.people])


def people_of(stored: str) -> Iterator[Person]:
    """The entries of a register that the vault kept."""
    for each in json.loads(stored):
        lists = {name: tuple(each[name]) for name in ("given", "aliases", "places")}
        yield Person(**{**each, **lists})
