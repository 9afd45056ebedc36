"""The systemd units that a trust copies."""

import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

UNITS = sorted((Path(__file__).parents[2] / "deploy" / "systemd").glob("*.service"))
HARDENED = {
    "NoNewPrivileges": "true",
    "ProtectSystem": "strict",
    "ProtectHome": "true",
    "PrivateTmp": "true",
    "UMask": "0077",
    "IPAddressDeny": "any",
    "LimitCORE": "0",
    "MemorySwapMax": "0",
    "KillMode": "mixed",
}


class Unit(ConfigParser):
    """A unit as systemd reads it: names keep their case, some stand twice."""

    def __init__(self, path: Path) -> None:
        super().__init__(strict=False, interpolation=None)
        self.read_string(path.read_text(encoding="utf-8"))

    def optionxform(self, optionstr: str) -> str:
        """As it is written."""
        return optionstr


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_units_are_hardened(path: Path) -> None:
    """Nothing but the workspace is written, nobody else reads it, and no network is reached."""
    service = Unit(path)["Service"]
    assert {name: service[name] for name in HARDENED} == HARDENED
    assert service["User"] not in {"", "root"}
    assert "AUTH" not in service["ExecStart"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_units_are_understood(path: Path, tmp_path: Path) -> None:
    """Systemd finds nothing to object to; the programs of the units are ours."""
    here = str(Path(sys.executable).parent)
    text = path.read_text(encoding="utf-8").replace("/opt/deid/.venv/bin", here)
    copy = tmp_path / path.name
    copy.write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", copy], capture_output=True, text=True, check=False
    )
    assert (done.returncode, path.name in done.stderr) == (0, False), done.stderr
