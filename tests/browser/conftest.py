"""A real browser on a real house."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.browser.house import House, open_house

CHROMIUM = "/usr/bin/chromium"
IS_INSTALLED = Path(CHROMIUM).exists()
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as house:
        yield house


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if not IS_INSTALLED:
        pytest.skip("Chromium is not installed")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        await browser.close()


@pytest.fixture
async def faults() -> list[str]:
    """What the browser complained of; empty at the end of every test that looks."""
    return []


@pytest.fixture
async def page(house: House, browser: Browser, faults: list[str]) -> Page:
    """The demonstration, open and live."""
    context = await browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = await context.new_page()
    page.set_default_timeout(15_000)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    await page.goto(house.url)
    await page.get_by_text("En direct", exact=True).wait_for()
    return page
