# ruff: noqa: INP001 - a script to run by hand, not a package
"""Builds a folder from which the program is installed on a machine without internet.

    build_wheelhouse.py FOLDER

Takes what the program needs to run, and nothing of what only its development needs, at the
versions and digests of ``requirements.lock``; adds the program's own wheel, a list with the digest
of every wheel, the script that installs them, and what a person on that machine reads. The wheels
are for the Python and the platform that this script is run by.
"""

import hashlib
import platform
import re
import shutil
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).parents[1]
PROGRAM, EXTRAS = "deid", ("dask", "s3", "azure")
WITH_IT = ("docs", "deploy", "sample_data", "README.md", "CHANGELOG.md", "LICENSE", "NOTICE")
LISTED, SUMS = "requirements.txt", "SHA256SUMS"


def main(folder: Path) -> None:
    """Build it anew; what stood there is removed, unless it is something else."""
    if folder.exists() and any(folder.iterdir()) and not (folder / LISTED).exists():
        sys.exit(f"{folder} holds something else; name a new or an empty folder")
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    lock = folder / LISTED
    lock.write_text(pinned(needed(PROGRAM, *EXTRAS)), encoding="utf-8")
    _pip("wheel", "--require-hashes", "--no-deps", "-w", wheels, "-r", lock)
    _pip("wheel", "--no-build-isolation", "--no-deps", "-w", wheels, ROOT)
    lock.write_text(listed(wheels), encoding="utf-8")
    for name in WITH_IT:
        _take(ROOT / name, folder / name)
    for file in sorted((ROOT / "tools" / "wheelhouse").iterdir()):
        shutil.copy(file, folder / file.name)
    (folder / "python").write_text(_this_python() + "\n", encoding="utf-8")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = "".join(f"{digest(path)}  {path.relative_to(folder)}\n" for path in files)
    (folder / SUMS).write_text(sums, encoding="utf-8")
    size = sum(path.stat().st_size for path in files) // 10**6
    sys.stdout.write(f"{folder}: {len(list(wheels.iterdir()))} wheels, {size} MB in all\n")


def needed(program: str, *extras: str) -> set[str]:
    """Names of all that a program as installed here needs, with these extras of it."""
    found: dict[str, set[str]] = {}
    todo = [(canonicalize_name(program), {"", *extras})]
    while todo:
        name, wanted = todo.pop()
        new = wanted - found.setdefault(name, set())
        found[name] |= wanted
        for told in distribution(name).requires or () if new else ():
            each = Requirement(told)
            if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in new):
                todo.append((canonicalize_name(each.name), {"", *each.extras}))
    return set(found) - {program}


def pinned(names: set[str]) -> str:
    """The part of ``requirements.lock`` that pins these."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE)
    kept = {_name(block): block for block in blocks if _name(block) in names}
    if missing := names - kept.keys():
        sys.exit(f"requirements.lock lacks {', '.join(sorted(missing))}")
    return "".join(kept[name] for name in sorted(kept))


def listed(wheels: Path) -> str:
    """Every wheel with its digest: what an installation takes, and nothing else."""
    lines = []
    for wheel in sorted(wheels.glob("*.whl")):
        name, version, *_ = parse_wheel_filename(wheel.name)
        lines.append(f"{name}=={version} --hash=sha256:{digest(wheel)}\n")
    return "".join(lines)


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _name(block: str) -> str:
    return canonicalize_name(re.split(r"[=\[ ]", block, maxsplit=1)[0])


def _take(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


def _this_python() -> str:
    libc = "-".join(part for part in platform.libc_ver() if part)
    return f"{sys.version_info.major}.{sys.version_info.minor} {platform.machine()} {libc}"


def _pip(*arguments: str | Path) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-qq", *arguments]
    subprocess.run(command, check=True)  # noqa: S603 - pip of the environment that runs this


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004 - the script and one folder
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
