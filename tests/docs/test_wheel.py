"""The program as it is installed elsewhere: what its wheel holds, and what a wheelhouse takes."""

import re
import runpy
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .project import ROOT, tracked

PACKAGES = ("deid", "flows")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built without a network; nothing is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def builder() -> dict[str, Callable[..., object]]:
    """What ``tools/build_wheelhouse.py`` defines."""
    return runpy.run_path(str(ROOT / "tools" / "build_wheelhouse.py"))


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    """Templates, styles, word lists and all: byte for byte as they are here."""
    with zipfile.ZipFile(wheel) as held:
        names = set(held.namelist())
        expected = [path for path in tracked() if path.parts[0] in PACKAGES]
        assert len([path for path in expected if path.suffix != ".py"]) > 40
        assert [str(path) for path in expected if str(path) not in names] == []
        different = [p for p in expected if held.read(str(p)) != (ROOT / p).read_bytes()]
    assert different == []


def test_the_configuration_is_in_the_wheel(wheel: Path) -> None:
    """`deid init` has something to copy where there is no clone."""
    with zipfile.ZipFile(wheel) as held:
        for path in (ROOT / "config").glob("*.yaml"):
            assert held.read(f"deid/config/{path.name}") == path.read_bytes()


def test_the_wheel_works_from_elsewhere(wheel: Path, tmp_path: Path) -> None:
    """Unpacked in a folder of its own, it finds its configuration without looking at the clone."""
    with zipfile.ZipFile(wheel) as held:
        held.extractall(tmp_path)
    told = (
        "import sys; sys.path.insert(0, sys.argv[1]); from deid import settings; "
        "settings.load(settings.shipped()); print(settings.shipped())"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", told, tmp_path],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == f"{tmp_path / 'deid' / 'config'}\n", done.stderr


def test_a_wheelhouse_takes_what_runs_and_no_more(
    builder: dict[str, Callable[..., object]],
) -> None:
    """All that the program needs, with the cluster's part, at the lock's digests; no test tool."""
    names = builder["needed"]("deid", "dask")
    assert isinstance(names, set)
    wanted = [Requirement(line) for line in requires("deid") or ()]
    direct = {canonicalize_name(each.name) for each in wanted if not each.marker}
    assert len(direct) > 30
    assert direct | {"prefect-dask", "distributed"} <= names
    assert not names & {"pytest", "ruff", "mypy", "hypothesis", "playwright", "hatchling"}
    lock = str(builder["pinned"](names))
    assert len(re.findall(r"^\S+==", lock, re.MULTILINE)) == len(names)
    assert "--hash=sha256:" in lock


def test_a_wheelhouse_replaces_no_other_folder(
    builder: dict[str, Callable[..., object]], tmp_path: Path
) -> None:
    """A folder that holds something else is refused and left."""
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(SystemExit, match="something else"):
        builder["main"](tmp_path)
    assert (tmp_path / "thesis.docx").exists()


def installed(house: Path, target: Path) -> subprocess.CompletedProcess[str]:
    """What the wheelhouse's own script says when it installs from a folder."""
    (house / "install.sh").write_bytes((ROOT / "tools/wheelhouse/install.sh").read_bytes())
    return subprocess.run(
        ["sh", house / "install.sh", target, sys.executable],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        ("python", "This folder is for Python 9.9"),
        ("wheels/a.whl", "This folder is not whole; copy it again."),
        ("", "is there already"),
    ],
)
def test_the_installer_refuses(
    tmp_path: Path,
    builder: dict[str, Callable[..., object]],
    spoil: str,
    message: str,
) -> None:
    """Another Python, a damaged copy, an existing target: said before anything is made."""
    house = tmp_path / "house"
    (house / "wheels").mkdir(parents=True)
    (house / "wheels" / "a.whl").write_bytes(b"whole")
    (house / "python").write_text(f"{builder['_this_python']()}\n")
    (house / "SHA256SUMS").write_text(
        f"{builder['digest'](house / 'wheels' / 'a.whl')}  wheels/a.whl\n"
    )
    target = tmp_path / "deid"
    if spoil:
        (house / spoil).write_text("9.9 none\n")
    else:
        target.mkdir()
    done = installed(house, target)
    assert done.returncode == 1
    assert message in done.stderr
    assert target.exists() == (not spoil)


def test_what_the_installer_could_not_finish_is_gone(
    tmp_path: Path, builder: dict[str, Callable[..., object]]
) -> None:
    """A half installation is removed, so that the same command may be tried again."""
    house = tmp_path / "house"
    (house / "wheels").mkdir(parents=True)
    (house / "python").write_text(f"{builder['_this_python']()}\n")
    (house / "requirements.txt").write_text("absent==1 --hash=sha256:" + "0" * 64 + "\n")
    digest = builder["digest"](house / "requirements.txt")
    (house / "SHA256SUMS").write_text(f"{digest}  requirements.txt\n")
    target = tmp_path / "deid"
    done = installed(house, target)
    assert done.returncode == 1
    assert "was removed again" in done.stderr
    assert not target.exists()
