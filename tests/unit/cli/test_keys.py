"""``deid keys``: a rotation from the shell."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from deid.errors import ExitCode

type Shell = Callable[..., Any]


def test_rotation_from_the_shell(deid: Shell, workspace: Path) -> None:
    """Keys are new, the log holds under the new public key, and there is nothing to settle."""
    before = (workspace / "keys/signing.pub").read_bytes()
    secret = (workspace / "keys/study.key").read_text().strip()
    done = deid("keys", "rotate")
    assert done.code == 0
    assert (workspace / "keys/signing.pub").read_bytes() != before
    new = (workspace / "keys/study.key").read_text().strip()
    assert new != secret
    assert new not in done.out + done.err
    assert deid("audit", "verify").code == 0
    assert "No change of keys" in deid("keys", "settle").out
    assert deid("users", "list").code == 0


def test_a_new_key_file_is_for_keys_kept_outside(
    deid: Shell, tmp_path: Path, password: Callable[..., Path]
) -> None:
    """With the key in the workspace it is refused; one that others can read is, too."""
    given = password(bytes(range(32)).hex())
    done = deid("keys", "rotate", "--new-key-file", given)
    assert done.code == ExitCode.KEY
    assert "the new one is made" in done.err
    given.chmod(0o644)
    done = deid("keys", "rotate", "--new-key-file", given)
    assert (done.code, "chmod 600" in done.err) == (ExitCode.KEY, True)
    assert str(tmp_path) not in done.err
