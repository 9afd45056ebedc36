"""flows.fetching from object stores as they are: a server of S3's protocol, and one of Azure's.

Both listen on the loopback alone. The second one is a program of its own (``azurite``); its tests
are skipped where it is not installed.
"""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import fsspec
import pytest

from deid.errors import ExitCode
from flows.coded import FlowError
from flows.fetching import Fetched, fetch
from tests.flows.test_fetching import CANARY, held

type Put = Callable[[str, bytes], object]
AZURITE = shutil.which(os.environ.get("DEID_TEST_AZURITE", "azurite-blob"))
_ACCOUNT = "deid"
_SECRET = "c2VjcmV0IG9mIGEgdGVzdA=="  # noqa: S105 - of a server that ends with the tests
ODD = (
    *("../outside.txt", "..", "sub//double.txt", "/double.txt", "folder/", ".hidden.txt"),
    *("~$lock.docx", f"{'n' * 300}.txt", "a.txt/inner.txt"),
)


@dataclass
class Store:
    """A container with raw files, and how fsspec is told of its server."""

    source: str
    put: Put
    right: dict[str, str]
    wrong: dict[str, str]
    away: dict[str, str]

    def use(self, monkeypatch: pytest.MonkeyPatch, told: dict[str, str]) -> None:
        """Configure fsspec as a trust would: with its own environment variables."""
        conf: dict[str, dict[str, str]] = {}
        fsspec.config.set_conf_env(conf, told)
        monkeypatch.setattr(fsspec.config, "conf", conf)


def _s3(port: int, key: str, secret: str) -> dict[str, str]:
    address = {"endpoint_url": f"http://127.0.0.1:{port}"}
    fast = {"connect_timeout": 2, "retries": {"max_attempts": 1}}
    return {
        "FSSPEC_S3": json.dumps({**address, "key": key, "secret": secret, "config_kwargs": fast})
    }


@pytest.fixture(scope="module")
def s3() -> Iterator[Store]:
    """A server that asks for credentials, with an empty bucket."""
    boto3 = pytest.importorskip("boto3")
    pytest.importorskip("s3fs", reason="s3fs is not installed: pip install 'deid[s3]'")
    from moto.server import ThreadedMotoServer  # noqa: PLC0415

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()

    def client(kind: str, key: str = "first", secret: str = "first") -> Any:  # noqa: S107
        address = f"http://127.0.0.1:{port}"
        told = {"aws_access_key_id": key, "aws_secret_access_key": secret}
        return boto3.client(kind, endpoint_url=address, region_name="eu-west-2", **told)

    rights = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    iam = client("iam")
    iam.create_user(UserName="deid")
    policy = json.dumps({"Version": "2012-10-17", "Statement": [rights]})
    iam.put_user_policy(UserName="deid", PolicyName="all", PolicyDocument=policy)
    made = iam.create_access_key(UserName="deid")["AccessKey"]
    pair = made["AccessKeyId"], made["SecretAccessKey"]
    store = client("s3", *pair)
    where = {"LocationConstraint": "eu-west-2"}
    store.create_bucket(Bucket="bucket", CreateBucketConfiguration=where)
    _ask_for_credentials(port)
    try:
        yield Store(
            source="s3://bucket/raw",
            put=lambda name, data: store.put_object(Bucket="bucket", Key=f"raw/{name}", Body=data),
            right=_s3(port, *pair),
            wrong=_s3(port, pair[0], "not the secret"),
            away=_s3(9, *pair),
        )
    finally:
        server.stop()


def _ask_for_credentials(port: int) -> None:
    from http.client import HTTPConnection  # noqa: PLC0415

    connection = HTTPConnection("127.0.0.1", port)
    connection.request("POST", "/moto-api/reset-auth", "0")
    assert connection.getresponse().status == 200
    connection.close()


def _azure(port: int, secret: str) -> dict[str, str]:
    told = {
        "DefaultEndpointsProtocol": "http",
        "AccountName": _ACCOUNT,
        "AccountKey": secret,
        "BlobEndpoint": f"http://127.0.0.1:{port}/{_ACCOUNT}",
    }
    return {"FSSPEC_ABFS_CONNECTION_STRING": ";".join(f"{k}={v}" for k, v in told.items())}


@pytest.fixture(scope="module")
def azure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A server of Azure's protocol for blobs, with an empty container."""
    pytest.importorskip("adlfs", reason="adlfs is not installed: pip install 'deid[azure]'")
    if AZURITE is None:
        pytest.skip("no azurite-blob: install azurite, or name it in DEID_TEST_AZURITE")
    from azure.storage.blob import BlobServiceClient  # noqa: PLC0415

    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = int(listening.getsockname()[1])
    options = ("--inMemoryPersistence", "--silent", "--skipApiVersionCheck", "--disableTelemetry")
    server = subprocess.Popen(
        [AZURITE, "--blobHost", "127.0.0.1", "--blobPort", str(port), *options],
        env=os.environ | {"AZURITE_ACCOUNTS": f"{_ACCOUNT}:{_SECRET}"},
        cwd=tmp_path_factory.mktemp("azurite"),
        stdout=subprocess.DEVNULL,
    )
    right = _azure(port, _SECRET)
    try:
        _wait_for(port)
        (told,) = right.values()
        container = BlobServiceClient.from_connection_string(told).create_container("bucket")
        yield Store(
            source="abfs://bucket/raw",
            put=lambda name, data: container.upload_blob(f"raw/{name}", data, overwrite=True),
            right=right,
            wrong=_azure(port, "bm90IHRoZSBzZWNyZXQ="),
            away=_azure(9, _SECRET),
        )
    finally:
        server.kill()
        server.wait()


def _wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.1)
        else:
            return


@pytest.fixture(params=["s3", "azure"])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Store:
    """One of the two, each test in a folder of its own, with the right credentials."""
    shared: Store = request.getfixturevalue(request.param)
    folder = request.node.name.partition("[")[0]
    mine = replace(
        shared,
        source=f"{shared.source}/{folder}",
        put=lambda name, data: shared.put(f"{folder}/{name}", data),
    )
    mine.put("one.txt", b"INT: Hello.\n")
    mine.use(monkeypatch, mine.right)
    return mine


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """An empty one."""
    folder = tmp_path / "inbox"
    folder.mkdir(mode=0o700)
    return folder


def test_new_and_changed(store: Store, inbox: Path) -> None:
    """Each is fetched once, and once more after it was replaced; the same bytes are no change."""
    accents = f"sub/é ü/{CANARY} (1)+%20&#?.txt"
    store.put(accents, b"INT: Again.\n")
    assert fetch(store.source, inbox, settle_seconds=0.1) == Fetched(new=2)
    assert held(inbox) == {"one.txt": b"INT: Hello.\n", accents: b"INT: Again.\n"}
    assert fetch(store.source, inbox) == Fetched()
    store.put("one.txt", b"INT: Hello, Ingrid.\n")
    assert fetch(store.source, inbox) == Fetched(new=1)
    assert held(inbox)["one.txt"] == b"INT: Hello, Ingrid.\n"


def test_names_that_no_file_can_have(store: Store, inbox: Path) -> None:
    """Nothing leaves the inbox, nothing is lost, nothing takes another's place."""
    names = ("a.txt", "A.txt", "sub/double.txt", "e\u0301.txt", "\u00e9.txt", *ODD)
    for name in names:
        with suppress(Exception):  # Azure's takes no dots
            store.put(name, b"" if name.endswith("/") else name.encode())
    done = fetch(store.source, inbox)
    found = held(inbox)
    assert done == Fetched(new=len(found))
    assert fetch(store.source, inbox) == Fetched()
    for name in ("a.txt", "A.txt", "sub/double.txt", "e\u0301.txt", "\u00e9.txt"):
        assert found[name] == name.encode()
    odd = set(found.values()) - {each.encode() for each in found} - {b"INT: Hello.\n"}
    assert odd >= {b"sub//double.txt", b"a.txt/inner.txt", ODD[-2].encode()}
    assert not {b".hidden.txt", b"~$lock.docx", b"folder/", b".."} & odd
    assert [path.name for path in inbox.parent.iterdir()] == ["inbox"]


def test_another_while_it_is_fetched(store: Store, inbox: Path) -> None:
    """What is replaced between two looks waits; nothing half of either is there."""

    def replaced(_: float) -> None:
        store.put("one.txt", b"INT: Hello, Ingrid.\n")

    assert fetch(store.source, inbox, settle_seconds=300, sleep=replaced) == Fetched(waiting=1)
    assert held(inbox) == {}
    assert fetch(store.source, inbox) == Fetched(new=1)
    assert held(inbox) == {"one.txt": b"INT: Hello, Ingrid.\n"}


def refused(store: Store, inbox: Path, **told: str) -> str:
    """The message of a fetch that was refused, which holds nothing of the source."""
    with pytest.raises(FlowError) as caught:
        fetch(told.get("source", store.source), inbox)
    assert caught.value.exit_code == ExitCode.SETTINGS
    assert caught.value.__context__ is None
    assert [path.name for path in inbox.rglob("*")] == []
    message = str(caught.value)
    assert not any(word in message for word in ("bucket", "127.0.0.1", "raw", "one.txt"))
    return message


def test_wrong_credentials(
    store: Store, inbox: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """They are named as what is wrong, and stand in no message."""
    store.use(monkeypatch, store.wrong)
    assert "it refuses the credentials" in refused(store, inbox)
    assert "bm90" not in (said := capfd.readouterr().err)
    assert "not the secret" not in said


def test_server_away(store: Store, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens: it is said, within seconds by S3's client, after minutes by Azure's."""
    if store.source.startswith("abfs"):
        pytest.skip("Azure's client tries again for three minutes")
    store.use(monkeypatch, store.away)
    assert "it does not answer; the next run tries again" in refused(store, inbox)


@pytest.mark.parametrize("where", ["raw/nothing", "../nowhere"])
def test_nothing_there(store: Store, inbox: Path, where: str) -> None:
    """A folder mistyped, a bucket that does not exist: it is not taken for an empty one."""
    source = store.source.partition("bucket/")[0] + "bucket/" + where
    source = source.replace("bucket/../", "")
    assert "it is not there" in refused(store, inbox, source=source)
