"""The transcripts as a REFI-QDA project, which NVivo, ATLAS.ti, MAXQDA and QualCoder open.

A ``.qdpx`` file is a zip archive of ``project.qde`` (XML, namespace ``urn:QDA-XML:project:1.0``)
and the sources (REFI-QDA 1.5, www.qdasoftware.org). Each transcript is a TextSource with a plain
text file: UTF-8 without a byte order mark and with line feeds, so that every program counts the
same positions. Identifiers come from the release, so that the same release gives the same project.
"""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from deid.bundle.zips import zip_bytes

NAMESPACE = "urn:QDA-XML:project:1.0"
_PROJECT, _SOURCES = "project.qde", "sources"
_IDS = uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)
_ORIGIN = "deid"


def refi_bytes(name: str, texts: Mapping[str, str], *, at: datetime) -> bytes:
    """The project.

    Args:
        name: What the project is called; the release's id.
        texts: Plain text by transcript id.
        at: When the bundle was made; stands as the time of creation.
    """
    ids = {transcript_id: _guid(name, transcript_id) for transcript_id in texts}
    sources = {
        f"{_SOURCES}/{ids[transcript_id]}.txt": text.encode()
        for transcript_id, text in texts.items()
    }
    return zip_bytes({_PROJECT: _project(name, ids, at=at), **sources})


def _project(name: str, ids: Mapping[str, str], *, at: datetime) -> bytes:
    when = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    user = _guid(name, _ORIGIN)
    project = ET.Element(
        "Project",
        {
            "xmlns": NAMESPACE,
            "name": name,
            "origin": _ORIGIN,
            "creatingUserGUID": user,
            "creationDateTime": when,
        },
    )
    users = ET.SubElement(project, "Users")
    ET.SubElement(users, "User", {"guid": user, "name": _ORIGIN})
    sources = ET.SubElement(project, "Sources")
    for transcript_id, guid in ids.items():
        ET.SubElement(
            sources,
            "TextSource",
            {
                "guid": guid,
                "name": transcript_id,
                "plainTextPath": f"internal://{guid}.txt",
                "creatingUser": user,
                "creationDateTime": when,
            },
        )
    ET.indent(project)
    return bytes(ET.tostring(project, encoding="utf-8", xml_declaration=True))


def _guid(release: str, what: str) -> str:
    return str(uuid.uuid5(_IDS, f"{release}/{what}"))
