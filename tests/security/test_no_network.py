"""Promise: the library opens no socket, whatever it reads, finds, writes and checks.

Prefect and its API on the loopback are not the library: ``deid run`` has them, ``deid`` has not.
"""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.model

GUARD = """
import sys

WATCHED = {
    *("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"),
    *("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"),
}
opened = []

def guard(event, arguments):
    if event not in WATCHED:
        return
    caller = sys._getframe(1).f_code
    if caller.co_name == "_has_ipv6" and "urllib3" in caller.co_filename:
        return  # urllib3 tries, when presidio imports it, whether this machine has IPv6
    opened.append((event, repr(arguments[1:])))

sys.addaudithook(guard)
"""
WHOLE_RUN = """
from pathlib import Path
from uuid import uuid4
from deid import worker
from deid.audit import verify
from deid.keys import load_public_key
from deid.run import open_run

root = Path(sys.argv[1])
with open_run(root, run_id=str(uuid4())) as run:
    for batch in run.batches():
        order = run.order(batch)
        run.take(batch, worker.prepare_sealed(root, None, order, last_try=True))
    summary = run.close()
assert verify(root, load_public_key(root / "keys" / "signing.pub")).ok
assert "prefect" not in sys.modules
print(summary.sentence(), opened)
"""
COMMANDS = """
from deid.cli.app import app

for arguments in (
    *(["audit", "verify"], ["audit", "show"], ["audit", "query", "SELECT 1 AS one"]),
    *(["status"], ["register", "list"], ["users", "list"], ["release", "status"]),
    *(["vault", "backup", sys.argv[3] + ".db"], ["keys", "rotate"], ["version"]),
):
    options = [] if arguments == ["version"] else ["--workspace", sys.argv[1]]
    app([*arguments, *options], standalone_mode=False)
app(["annotate", sys.argv[2], sys.argv[3]], standalone_mode=False)
assert "prefect" not in sys.modules
print(opened)
"""


def guarded(script: str, *arguments: object) -> str:
    """The last line of what a script prints in a process that notes every use of a socket."""
    command = [sys.executable, "-c", GUARD + script, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def test_guard_sees_sockets() -> None:
    """The guard would see a connection, a listener and a name looked up."""
    said = guarded(
        "import socket\n"
        "socket.create_server(('127.0.0.1', 0))\n"
        "socket.socket().connect_ex(('127.0.0.1', 1))\n"
        "socket.getaddrinfo('localhost', 1)\n"
        "print(sorted({event for event, _ in opened}))"
    )
    assert said == "['socket.bind', 'socket.connect', 'socket.getaddrinfo']"


def test_whole_run(study: Path) -> None:
    """Reading, finding, pseudonymising, writing, leak check and log: no socket, no Prefect."""
    assert guarded(WHOLE_RUN, study) == "7 written, 0 unchanged, 0 withheld []"


def test_commands(study: Path, tmp_path: Path) -> None:
    """Log, query, register, accounts, backup, keys, and ``deid annotate`` with its model: none."""
    lines, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines.write_text('{"id": "1", "text": "INT: Hello, Desmond Achterberg."}\n', encoding="utf-8")
    assert guarded(COMMANDS, study, lines, out) == "[]"
    assert out.exists()
