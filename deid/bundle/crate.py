"""The bundle described as an RO-Crate, so that a trusted research environment can take it in.

RO-Crate 1.1 (w3id.org/ro/crate/1.1), which every reader knows. Only the description is made by
the ``rocrate`` package; the files are ours.
"""

from collections.abc import Sequence
from pathlib import PurePosixPath

from deid import __version__
from deid.bundle.about import About, moment
from deid.bundle.manifest import MANIFEST, SIGNATURE, Listed, json_bytes

CRATE = "ro-crate-metadata.json"
_VERSION = "1.1"
_FORMATS = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".qdpx": "application/zip",
    ".txt": "text/plain",
}


def crate_bytes(about: About, listed: Sequence[Listed]) -> bytes:
    """``ro-crate-metadata.json`` for the files listed, the manifest and its signature."""
    # here, since they take a third of a second for which other commands need not wait
    from rocrate.model.contextentity import (  # type: ignore[import-untyped]  # noqa: PLC0415
        ContextEntity,
    )
    from rocrate.rocrate import ROCrate  # type: ignore[import-untyped]  # noqa: PLC0415

    crate = ROCrate(version=_VERSION)
    crate.name = f"De-identified interview transcripts, release {about.release_id}"
    crate.description = (
        f"Study {about.study.title}. IRAS {about.study.iras_id}. "
        f"REC reference {about.study.rec_reference}. Sponsor {about.study.sponsor}. "
        f"Recipient {about.recipient}."
    )
    crate.root_dataset["datePublished"] = moment(about.made_at)
    crate.root_dataset["identifier"] = about.release_id
    crate.license = crate.add(ContextEntity(crate, "#terms", properties=_terms(about)))
    files = [crate.add_file(dest_path=file.path, properties=_properties(file)) for file in listed]
    files += [
        crate.add_file(dest_path=name, properties={"encodingFormat": _FORMATS[".json"]})
        for name in (MANIFEST, SIGNATURE)
    ]
    program = crate.add(ContextEntity(crate, "#deid", properties=_program()))
    action = crate.add(ContextEntity(crate, "#release", properties=_action(about)))
    action["instrument"] = program
    action["result"] = files
    return json_bytes(crate.metadata.generate())


def _properties(file: Listed) -> dict[str, object]:
    suffix = PurePosixPath(file.path).suffix
    return {
        "encodingFormat": _FORMATS[suffix],
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }


def _terms(about: About) -> dict[str, object]:
    return {
        "@type": "CreativeWork",
        "name": "Terms of the release",
        "description": (
            "For the recipient and the purpose that were approved, until the approval ends on "
            f"{about.study.approved_until.isoformat()}. Nobody may try to find out who spoke."
        ),
    }


def _program() -> dict[str, object]:
    return {"@type": "SoftwareApplication", "name": "deid", "version": __version__}


def _action(about: About) -> dict[str, object]:
    return {
        "@type": "CreateAction",
        "name": "Release approved by two output checkers",
        "endTime": moment(about.made_at),
    }
