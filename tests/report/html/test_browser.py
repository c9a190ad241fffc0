"""The page in a real browser: nothing runs, nothing is asked for, everything fits, and it is accessible."""

from __future__ import annotations

import pytest

from planner import to_html, to_html_part
from tests.report.html.answers import answer
from tests.report.html.conftest import Browser

PAGES = (
    "pyongyang-marathon",
    "marathon-single-entry",
    "family-self-transfer",
    "choices",
    "world",
    "hostile",
    "hostile conflict",
)
# Elements whose box reaches beyond the window, or whose own text is wider than they are and would be cut off.
TOO_WIDE = """
return [...document.querySelectorAll('.plan-answer *')].filter(item => {
  const box = item.getBoundingClientRect();
  return !item.closest('.plan-time, .plan-map, thead') && box.width && (box.right > innerWidth + 1 || box.left < -1);
}).map(item => item.outerHTML.slice(0, 120));
"""
OVERLAPS = """
const names = [...document.querySelectorAll('.plan-map .name')].map(item => item.getBoundingClientRect());
const map = document.querySelector('.plan-map').getBoundingClientRect();
return names.some((a, n) => a.left < map.left - 1 || a.right > map.right + 1 || a.top < map.top - 1
  || a.bottom > map.bottom + 1 || names.some((b, m) => n < m
  && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1));
"""


def test_the_browser_would_notice(browser: Browser) -> None:
    bad = "<script>window.hit=1; console.error('no')</script><img src='http://localhost:1/x.png'>"
    bad += "<p style='width:2000px'>x"
    browser.open(f"<!DOCTYPE html><title>x</title><div class='plan-answer'>{bad}</div>", width=360)
    assert browser.run("return window.hit") == 1
    assert "http://localhost:1/x.png" in browser.requests()
    assert any("no" in said for said in browser.complaints())
    assert browser.run("return document.documentElement.scrollWidth") > 360
    assert browser.run(TOO_WIDE) != []
    assert {text.partition(":")[0] for text in _violations(browser)} >= {"image-alt", "html-has-lang"}


def test_in_print_the_timeline_stays_together_with_its_dates(browser: Browser) -> None:
    browser.open(to_html(answer("pyongyang-marathon")))
    style = "return getComputedStyle(document.querySelector('.plan-time [role=img]')).breakInside"
    assert browser.run(style) == "auto"
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    together = browser.run(style)
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert together == "avoid"
    assert browser.run("return document.querySelector('.plan-time .dates').parentElement.role") == "img"


@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_and_nothing_is_asked_for(browser: Browser, name: str) -> None:
    browser.open(to_html(answer(name)))
    asked = browser.requests()
    assert [url for url in asked if not url.startswith(("file:///", "data:,"))] == []
    assert len([url for url in asked if url.startswith("file:///")]) == 1
    assert browser.run("return [window.hit === undefined, document.scripts.length]") == [True, 0]
    browser.run(
        "for (const item of document.querySelectorAll('.plan-answer *')) item.dispatchEvent(new Event('mouseover'))"
    )
    assert browser.run("return window.hit === undefined") is True
    assert browser.complaints() == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [360, 390, 720, 1200])
def test_nothing_is_wider_than_the_window(browser: Browser, name: str, width: int) -> None:
    browser.open(to_html(answer(name)), width=width)
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.run(TOO_WIDE) == []


@pytest.mark.parametrize("width", [360, 720, 1200])
@pytest.mark.parametrize("name", ["pyongyang-marathon", "world", "balkan-days", "east-africa-visa", "vietnam-gap"])
def test_names_on_the_map_keep_apart(browser: Browser, name: str, width: int) -> None:
    browser.open(to_html(answer(name)), width=width)
    assert browser.run(OVERLAPS) is False


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_is_light_or_dark_as_the_reader_likes(browser: Browser, dark: bool) -> None:
    browser.open(to_html(answer("pyongyang-marathon")), dark=dark)
    paper = browser.run("return getComputedStyle(document.querySelector('.plan-answer')).backgroundColor")
    assert paper == ("rgb(20, 24, 27)" if dark else "rgb(250, 249, 245)")


def _violations(browser: Browser) -> list[str]:
    """What axe finds wrong on the page that is open."""
    from axe_core_python.selenium import Axe

    found = Axe().run(browser.driver)["violations"]
    return [f"{item['id']}: {[node['html'] for node in item['nodes']][:3]}" for item in found]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["pyongyang-marathon", "marathon-single-entry", "family-self-transfer"])
def test_axe_finds_nothing_inaccessible(browser: Browser, name: str, dark: bool) -> None:
    browser.open(to_html(answer(name)), dark=dark)
    browser.run("for (const item of document.querySelectorAll('details')) item.open = true")
    assert _violations(browser) == []


def test_everything_that_can_be_done_can_be_done_with_keys(browser: Browser) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    browser.open(to_html(answer("pyongyang-marathon")))
    page = browser.driver.find_element(By.TAG_NAME, "body")
    reached = []
    for _ in range(8):
        page.send_keys(Keys.TAB)
        reached.append(browser.run("return document.activeElement.textContent"))
    assert reached[0] == "Timeline"
    assert "The timeline as a table" in reached
    browser.run("document.querySelector('.plan-time + details summary').focus()")
    browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
    assert browser.run("return document.querySelector('.plan-time + details').open") is True


def test_in_a_notebook_the_page_around_keeps_its_look(browser: Browser) -> None:
    look = "return ['h3', 'p', 'a'].map(tag => getComputedStyle(document.querySelector('#mine ' + tag)).cssText)"
    around = '<div id="mine"><h3>Mine</h3><p>Text <a href="#mine">link</a></p></div>'
    browser.open(f"<!DOCTYPE html><title>x</title>{around}")
    before = browser.run(look)
    browser.open(f"<!DOCTYPE html><title>x</title>{around}{to_html_part(answer('pyongyang-marathon'))}")
    assert browser.run(look) == before
    assert browser.run("return document.querySelectorAll('.plan-answer').length") == 1
