"""Promise: a crash leaves no memory behind, neither as a file nor with a crash reporter."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

PATTERN = Path("/proc/sys/kernel/core_pattern")
CRASH = """
import os, resource, subprocess, sys
from deid.cli import main

sys.argv = ["deid", "version"]
try:
    main()
except SystemExit as ended:
    assert not ended.code
child = "import resource; print(resource.getrlimit(resource.RLIMIT_CORE))"
subprocess.run([sys.executable, "-c", child], check=True)
os.abort()
"""


def otherwise() -> None:
    """Not the limit that is expected: the highest that this account may have, or else none.

    Tests that ran before, in the process that starts this one, may have lowered the highest.
    """
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0 if most == 1 else most, most))


def crashed(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """A process that crashes, in a folder where its core may be written."""
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=otherwise,
    )


def test_no_core_is_left(tmp_path: Path) -> None:
    """However high the limit was; what the program starts cannot raise it again."""
    done = crashed(tmp_path, CRASH)
    assert done.returncode < 0
    assert done.stdout.splitlines()[-1] in {"(1, 1)", "(0, 0)"}  # 0 where nobody may have more
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(
    not PATTERN.exists() or PATTERN.read_text().strip() not in {"core", "core.%p"},
    reason="cores go elsewhere on this machine",
)
def test_a_core_would_be_seen(tmp_path: Path) -> None:
    """A process that forbids nothing leaves one in the same folder."""
    told = crashed(tmp_path, "import resource; print(resource.getrlimit(resource.RLIMIT_CORE)[0])")
    if int(told.stdout) != resource.RLIM_INFINITY:
        pytest.skip("the limit was lowered before")
    crashed(tmp_path, "import os; os.abort()")
    assert [path.name[:4] for path in tmp_path.iterdir()] == ["core"]
