"""A checker corrects a transcript in the browser, by keyboard and by mouse."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .conftest import SignIn

pytestmark = pytest.mark.slow
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def accessible(page: Page) -> None:
    """No violation of WCAG 2.2 A and AA that axe can see."""
    found = Axe().run(page, options=RULES)
    assert not found.violations_count, found.generate_report()


def opened(page: Page, said: str) -> str:
    """Open the transcript in which something is said; its address."""
    page.goto("/".join([*page.url.split("/")[:3], "?show=all"]))
    links = page.locator("th a[href^='/transcripts/']")
    addresses = [each.get_attribute("href") for each in links.all()]
    for address in addresses:
        page.goto("/".join(page.url.split("/")[:3]) + str(address))
        if said in page.locator(".turns").inner_text():
            return page.url
    raise AssertionError("no transcript says so")


def test_a_missed_name_is_marked_by_keyboard_in_the_study(sign_in: SignIn) -> None:
    """Down to the turn, to the word, into the form: the difference shows it gone from both."""
    page = sign_in("carl")
    address = opened(page, "met Oyelaran")
    accessible(page)
    page.keyboard.press("j")
    for _ in range(5):  # I met Oyelaran and Bramhall
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.input_value("#words") == "Bramhall"
    assert page.evaluate("document.activeElement.name") == "entity_type"
    page.get_by_label("Everywhere in the study").check()
    accessible(page)
    page.get_by_role("button", name="Mark and do again").click()
    page.wait_for_url("**/changes/**")
    assert page.locator("del").all_inner_texts() == ["Bramhall"]
    assert re.fullmatch(r"\[Person \d+\]", page.locator("ins").first.inner_text())
    assert page.locator("tbody th a").count() == 1  # the other transcript that said it
    accessible(page)
    page.goto(address)
    doubtful = page.locator("button.mark--doubt")  # somebody decided it, so look at it
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.id") == doubtful.first.get_attribute("id")
    page.keyboard.press("Enter")
    about = page.locator(".about:popover-open")
    assert "a person decided" in about.inner_text()
    about.get_by_role("link", name="Change this").click()
    accessible(page)
    page.get_by_role("link", name="People and places of this transcript").click()
    accessible(page)


def test_what_something_is_changes_in_its_box(sign_in: SignIn) -> None:
    """Open a redaction, choose what it is, send: a place stands where a person stood."""
    page = sign_in("carl")
    address = opened(page, "It was Sunday")
    page.locator("button.mark", has_text="[Person").last.click()
    about = page.locator(".about:popover-open")
    about.get_by_label("What it is instead").select_option("Place")
    about.get_by_label("Here only").check()
    accessible(page)
    about.get_by_role("button", name="Change its type").click()
    page.wait_for_url("**/changes/**")
    assert re.fullmatch(r"\[Person \d+\]", page.locator("del").inner_text())
    assert re.fullmatch(r"\[\w+ \d+\]", page.locator("ins").inner_text())
    page.goto(address)
    page.locator("button.mark--place").click()
    about = page.locator(".about:popover-open")
    expect(about).to_contain_text("retype-here")
    form = page.locator("[name=kind][value=retype]")
    expect(form).to_have_count(1)  # the browser tells that a box opened or closed when it has time
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)


def test_words_are_selected_by_mouse_after_what_hides(sign_in: SignIn) -> None:
    """Hidden characters count as one each, so the place sent is the one that was pointed at."""
    page = sign_in("carl")
    opened(page, "Nobody")
    page.locator("text=txet").first.wait_for()
    page.evaluate(
        """() => {
          const cell = document.querySelector('.turn-text[data-turn="1"]');
          const last = cell.lastChild;
          const start = last.data.indexOf('txet');
          getSelection().setBaseAndExtent(last, start, last, start + 4);
          cell.dispatchEvent(new MouseEvent('mouseup', {bubbles: true}));
        }"""
    )
    start, end = (int(page.input_value(f"[name={name}]")) for name in ("start", "end"))
    raw = "Well, it comes and it goes, and nobody ever said why. \x1b[31mRed\u202e txet"
    assert raw[start:end] == page.input_value("#words") == "txet"


def test_without_a_script_a_form_does_the_same(sign_in: SignIn) -> None:
    """Turn and words are typed; the page of the work goes on by itself."""
    first = sign_in("carl")
    browser = first.context.browser
    assert browser
    plain = browser.new_context(
        java_script_enabled=False, storage_state=first.context.storage_state()
    )
    page = plain.new_page()
    page.goto(opened(first, "roast"))
    page.fill("#turn", "0")
    page.fill("#words", "roast")
    page.get_by_label("Here only").check()
    page.get_by_role("button", name="Mark and do again").click()
    page.wait_for_url("**/changes/**")
    assert page.locator("del").all_inner_texts() == ["roast"]
    plain.close()
