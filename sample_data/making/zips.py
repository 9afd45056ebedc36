"""Zip containers without a trace of the day and machine they were made on."""

import io
import re
import zipfile

MOMENT = "2025-03-04T09:00:00Z"
_DATE_TIME = (2025, 3, 4, 9, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def pack(members: list[tuple[str, bytes]]) -> bytes:
    """A zip of the members in their order; a member named ``mimetype`` is stored, not deflated."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        for name, data in members:
            info = zipfile.ZipInfo(name, date_time=_DATE_TIME)
            stored = name == "mimetype"
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o600 << 16
            container.writestr(info, data)
    return out.getvalue()


def settle(data: bytes) -> bytes:
    """The same zip with constant dates, in the container and in its core properties."""
    return pack([(name, _settled(name, content)) for name, content in unpack(data)])


def unpack(data: bytes) -> list[tuple[str, bytes]]:
    """Names and contents of a zip's members, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return [(info.filename, container.read(info)) for info in container.infolist()]


def _settled(name: str, content: bytes) -> bytes:
    if name != "docProps/core.xml":
        return content
    return _MODIFIED.sub(rb"\g<1>" + MOMENT.encode() + rb"\g<3>", content)
