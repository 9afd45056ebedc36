"""The command line in this process."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from deid.cli import main


@dataclass(frozen=True)
class Said:
    """What a command answered: exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The error, which is one line on standard error and nothing else."""
        assert self.code != 0
        assert self.err.startswith("deid: ")
        assert self.err.endswith("\n")
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err + self.out
        return self.err


type Call = Callable[..., Said]


def calling(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """A function that runs ``deid`` with its arguments: ``call("status", "--workspace", root)``."""
    for name in ("DEID_WORKSPACE", "DEID_CONFIG", "DEID_STUDY_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def call(*arguments: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["deid", *map(str, arguments)])
        capsys.readouterr()
        code: int | str | None = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code
        said = capsys.readouterr()
        assert not isinstance(code, str)
        return Said(int(code or 0), said.out, said.err)

    return call
