"""Templates to pages: escaped always, with the NHS design system's own components.

``nhsuk_frontend_jinja`` brings the components' markup; their looks are ``static/desk.css``, written
after the design system, without its fonts and scripts.
"""

from functools import cache
from importlib.metadata import version
from typing import Any

from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, select_autoescape
from starlette.responses import HTMLResponse

from deid.review.navigation import sections_for
from deid.review.shown import shown
from deid.review.visit import Visit


@cache
def _environment() -> Environment:
    loader = ChoiceLoader([PackageLoader("deid.review"), PackageLoader("nhsuk_frontend_jinja")])
    environment = Environment(
        loader=loader,
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["program_version"] = version("deid")
    environment.filters["shown"] = shown
    environment.filters["sentence"] = lambda words: f"{words[:1].upper()}{words[1:]}"
    environment.filters["number"] = lambda value: f"{value:,}"
    return environment


def page(
    template: str, visit: Visit | None = None, *, status: int = 200, **values: Any
) -> HTMLResponse:
    """A page.

    Args:
        template: File in ``templates/``.
        visit: Whose page it is; None on pages for whoever is not signed in.
        status: Of HTTP.
        values: What the template shows.
    """
    account = visit.account if visit else None
    text = (
        _environment()
        .get_template(template)
        .render(
            account=account,
            navigation=sections_for(account.roles) if account else (),
            csrf=visit.session.csrf if visit else "",
            **values,
        )
    )
    return HTMLResponse(text, status_code=status)
