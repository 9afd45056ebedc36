"""Workspaces for the desk's tests: transcripts finished without a model, accounts, signing in.

What stands between bars in a text is what detection is made to have found.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from argon2 import PasswordHasher
from starlette.testclient import TestClient

from deid import keys, settings
from deid.accounts import Accounts, Role
from deid.audit import AuditLog, EventType
from deid.files import sha256_file, write_atomically
from deid.ingest import read
from deid.pipeline import Prepared
from deid.run import open_run
from deid.site import Site
from deid.transcript import Annotation, EntityType, Part, Place
from deid.vault import Vault
from deid.worker import Outcome
from deid.workspace import Workspace

PASSWORD = "correct horse battery"  # noqa: S105 - of accounts that exist in tests alone
HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ROLES: Mapping[str, Role] = {
    "adm": Role.ADMINISTRATOR,
    "carl": Role.CHECKER,
    "kim": Role.CHECKER,
    "rita": Role.RELEASER,
    "eve": Role.AUDITOR,
    "ria": Role.REIDENTIFIER,
}
TEXTS: Mapping[str, str] = {
    "1.txt": "INT: I met |Oyelaran| and Bramhall here.\nP1: It was |Sunday| then.\n",
    "2.txt": "INT: Bramhall again, with |Sunday| roast.\nP2: Seven out of ten.\n",
    "3.txt": "INT: <b>Nobody</b> here at all.\n"
    "P3: Well, it comes and it goes, and nobody ever said why. \x1b[31mRed\u202e txet\n",
}


def workspace(root: Path, texts: Mapping[str, str] = TEXTS) -> Path:
    """A workspace in which these texts are finished, with an account for each of ``ROLES``."""
    made = Workspace.create(root)
    config = made.root / "config"
    config.mkdir(mode=0o700)
    for file in settings.shipped().glob("*.yaml"):
        told = file.read_bytes().replace(b"settle_seconds: 5", b"settle_seconds: 0")
        write_atomically(config / file.name, told)
    secrets = keys.create(made)
    Vault.create(made.vault, secrets.vault_key)
    log = AuditLog(made.events, secrets)
    log.append(EventType.WORKSPACE_CREATED, actor="deid", subject="workspace")
    for name, text in texts.items():
        (made.inbox / name).write_text(text.replace("|", ""), encoding="utf-8")
    run(made.root, texts)
    with Vault.open(made.vault, secrets.vault_key) as vault:
        accounts = Accounts(vault, log, hasher=HASHER)
        admin = accounts.add("adm", PASSWORD, roles=[Role.ADMINISTRATOR], by=None)
        for name, role in ROLES.items():
            if name != admin.name:
                accounts.add(name, PASSWORD, roles=[role], by=admin)
    return made.root


def run(root: Path, texts: Mapping[str, str]) -> None:
    """Finish what is due, as if detection had found what stands between bars."""
    site = Site.open(root)
    with open_run(root, run_id=str(uuid4())) as opened:
        for item in (item for batch in opened.batches() for item in batch):
            path = site.workspace.inbox / item.path
            transcript = read(path)
            named = re.findall(r"\|(.+?)\|", texts[item.path])
            annotations = [
                Annotation(
                    Place(turn.number, Part.TEXT, match.start(), match.end()),
                    EntityType.PERSON,
                    0.9,
                    ("fake/bars",),
                )
                for turn in transcript.turns
                for name in named
                for match in re.finditer(re.escape(name), turn.text)
            ]
            prepared = Prepared(sha256_file(path), transcript, tuple(annotations), 0.1)
            opened.take_one(item, Outcome(item.transcript_id, prepared=prepared))
        opened.close()


def ids(root: Path) -> dict[str, str]:
    """File name to transcript id."""
    site = Site.open(root)
    with Vault.open(site.workspace.vault, site.keys.vault_key, read_only=True) as vault:
        return {each.relative_path: each.transcript_id for each in vault.transcripts()}


def sign_in(client: TestClient, name: str, password: str = PASSWORD) -> int:
    """Sign in as a person would; the answer's status (303 when it worked)."""
    page = client.get("/sign-in")
    answer = client.post(
        "/sign-in", data={"name": name, "password": password, "csrf": token(page.text)}
    )
    return answer.status_code


def token(page: str) -> str:
    """The token that a page's forms send back."""
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found, "the page has no form"
    return found[1]
