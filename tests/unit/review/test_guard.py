"""Every page: who may see it, what a browser may do with it, and what is put on record."""

import re

import pytest
from starlette.testclient import TestClient

from deid.accounts import Role
from deid.audit import EventType, read
from deid.review import PAGES, create_app
from deid.review.desk import Desk
from deid.review.guard import LARGEST_FORM
from deid.review.navigation import SECTIONS
from deid.review.visit import Page

from . import desks

BY_ROLE = {role: name for name, role in desks.ROLES.items()}
EACH_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.method} {page.path}")


def address(page: Page, desk: Desk) -> str:
    """A page's address for the first transcript, and made-up values for everything else."""
    first = next(iter(desks.ids(desk.root).values()))
    return re.sub(
        r"{(\w+)(?::\w+)?}",
        lambda match: first if match[1] == "transcript_id" else "r-0123456789abcdef",
        page.path,
    )


def ask(client: TestClient, page: Page, desk: Desk, csrf: str = "") -> int:
    """Ask for a page, its form empty but for the token; the status."""
    data = {"csrf": csrf} if page.method == "POST" else None
    return client.request(page.method, address(page, desk), data=data).status_code


@EACH_PAGE
def test_without_a_session_every_page_leads_to_the_sign_in(
    page: Page, client: TestClient, desk: Desk
) -> None:
    """Nothing of it is shown, and a made-up session is none."""
    for cookie in ("", "x" * 43):
        client.cookies.set("deid-session", cookie)
        answer = client.request(page.method, address(page, desk))
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
        assert not answer.content


@EACH_PAGE
def test_the_wrong_role_is_refused(page: Page, client: TestClient, desk: Desk) -> None:
    """Whichever of the roles that the page does not name."""
    for role in set(Role) - page.roles:
        client.cookies.clear()
        assert desks.sign_in(client, BY_ROLE[role]) == 303
        csrf = desk.sessions.find(client.cookies["deid-session"])
        assert csrf
        assert ask(client, page, desk, csrf.csrf) == 403


@pytest.mark.parametrize("page", [each for each in PAGES if each.method == "POST"])
@pytest.mark.parametrize("forged", ["", "x" * 43])
def test_a_form_without_its_token_is_refused(
    page: Page, forged: str, client: TestClient, desk: Desk
) -> None:
    """Before anything else is looked at."""
    desks.sign_in(client, BY_ROLE[min(page.roles)])
    assert ask(client, page, desk, forged) == 403


def test_a_form_from_another_site_is_refused(client: TestClient) -> None:
    """Even with the right token: the browser says where it came from."""
    desks.sign_in(client, "carl")
    csrf = desks.token(client.get("/").text)
    cookie = client.cookies["deid-session"]
    client.post("/sign-out", data={"csrf": csrf}, headers={"sec-fetch-site": "cross-site"})
    client.cookies.set("deid-session", cookie)
    assert client.get("/").status_code == 200


@EACH_PAGE
def test_no_page_is_kept_or_framed_or_runs_what_it_did_not_bring(
    page: Page, client: TestClient, desk: Desk
) -> None:
    """The headers are on every answer, also on a refusal."""
    answer = client.request(page.method, address(page, desk))
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("page", [each for each in PAGES if each.originals])
def test_whoever_is_shown_originals_is_on_record(page: Page, own: Desk) -> None:
    """An event in their name, before the page is made; some of these pages change what is kept."""
    name = BY_ROLE[min(page.roles)]
    with TestClient(create_app(own), base_url="http://localhost", follow_redirects=False) as client:
        desks.sign_in(client, name)
        csrf = desks.token(client.get("/").text)
        ask(client, page, own, csrf)
    views = list(read(own.workspace.events, types=(EventType.REVIEW_OPENED,)))
    assert [(each.actor, each.subject) for each in views] == [
        (name, next(iter(desks.ids(own.root).values())))
    ]


def test_a_page_with_originals_is_of_one_transcript_and_for_checkers() -> None:
    """So that the record of a view says whose words were seen, and nobody else sees any."""
    for page in (each for each in PAGES if each.originals):
        assert "{transcript_id}" in page.path
        assert page.roles == {Role.CHECKER}


def test_every_section_of_the_header_is_a_page_that_its_roles_may_see() -> None:
    """Nobody is led to a refusal."""
    pages = {each.path: each for each in PAGES if each.method == "GET"}
    for section in SECTIONS:
        assert section.roles <= pages[section.href].roles


def test_another_hosts_name_is_refused(client: TestClient) -> None:
    """So that no page elsewhere reaches the desk through a name of its own."""
    answer = client.get("/sign-in", headers={"host": "desk.example.org"})
    assert answer.status_code == 400


def test_an_unknown_page_is_not_there(client: TestClient) -> None:
    """With a page that says so."""
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "no such page" in answer.text


@pytest.mark.parametrize("size", [LARGEST_FORM + 1, -1])
def test_a_form_that_is_too_large_is_not_read(client: TestClient, size: int) -> None:
    """Nor one that does not say how large it is: parsing it would write it to the disk."""
    desks.sign_in(client, "carl")
    told = {"content-type": "multipart/form-data; boundary=x"}
    body = b"x" * size if size > 0 else iter([b"x"])
    assert client.post("/releases", content=body, headers=told).status_code == 413
    assert client.post("/sign-in", content=b"x" * (LARGEST_FORM + 1)).status_code == 413
