"""A report as one HTML file that needs nothing else: its looks are in it, and it runs nothing."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from deid.reporting.report import Report


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("deid.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def html(report: Report) -> str:
    """The page."""
    return _environment().get_template("report.html").render(report=report)
