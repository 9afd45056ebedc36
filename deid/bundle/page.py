"""The one page for the recipient: what this is, what was done to it, how to check it."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from deid.bundle.about import About, moment, versions
from deid.bundle.approved import Approved

PAGE = "summary.html"


def page_bytes(about: About, transcripts: Sequence[Approved]) -> bytes:
    """The page: no script, nothing fetched from anywhere."""
    rows = [transcript.summary() for transcript in transcripts]
    by_type: Counter[str] = Counter()
    flags: Counter[str] = Counter()
    for row in rows:
        by_type.update(row["redactions_by_type"])
        flags.update(row["flags"])
    text = _template().render(
        about=about,
        approval=about.approval(),
        made_at=moment(about.made_at),
        transcripts=rows,
        by_type=sorted(by_type.items()),
        flags=sorted(flags.items()),
        versions=versions(transcripts),
    )
    return text.encode()


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("deid.bundle"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(f"{PAGE}.j2")
