"""The demonstration as people use it: a phone, a room and what the counter knows, all live, in a real browser."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.house import ACCOUNT, House, picture

pytestmark = [pytest.mark.servers, pytest.mark.slow]

SEEN = "bonjour, un homme vend du shit devant la gare routière d'Avignon"


async def say(page: Page, text: str) -> None:
    """The citizen writes; the counter has answered afterwards."""
    before = await page.locator(".theirs").count()
    await page.fill("#phone-text", text)
    await page.press("#phone-text", "Enter")
    await page.locator(".theirs").nth(before).wait_for()


async def tap(page: Page, label: str) -> None:
    """The citizen taps the newest button with this label; the counter has answered afterwards."""
    before = await page.locator(".theirs").count()
    await page.locator(".key", has_text=label).last.click()
    await page.locator(".theirs").nth(before).wait_for()


async def file_a_report(page: Page) -> None:
    """From the first hello to a case with a room."""
    await page.click("#start")
    await page.locator(".theirs").first.wait_for()
    await say(page, SEEN)
    await say(page, "tous les soirs vers 19h")
    await tap(page, "Terminer")
    await tap(page, "juste")
    await page.locator("#room-name").wait_for()


async def answer(page: Page, text: str) -> None:
    """The officer writes in the room."""
    await page.fill("#room-text", text)
    await page.press("#room-text", "Enter")


async def test_a_report_goes_from_the_phone_to_the_room_and_back(page: Page, faults: list[str]) -> None:
    """What the citizen says is learned, filed and shown to officers, whose answer reaches the phone with its mark."""
    await file_a_report(page)
    await expect(page.locator("#card-body")).to_contain_text("gare routière")
    await expect(page.locator("#steps [aria-current=step]")).to_have_text("Déposé")
    await answer(page, "Bonjour. Combien de personnes avez-vous vues ?")
    await expect(page.locator(".turn.officer")).to_contain_text("Combien de personnes")
    await expect(page.locator(".entry.officer [data-mark='✅']")).to_have_text("remis")
    await expect(page.locator("#steps [aria-current=step]")).to_have_text("Avec un agent")
    assert faults == []


async def test_facts_and_what_is_missing_show_live(page: Page) -> None:
    """The pane below says what is known after each message."""
    await page.click("#start")
    await page.locator(".theirs").first.wait_for()
    await say(page, SEEN)
    await expect(page.locator("#facts .fact", has_text="Lieu")).to_contain_text("gare routière")
    await expect(page.locator("#known-missing")).to_have_text("Il manque : moment")


async def test_a_note_never_reaches_the_phone(page: Page) -> None:
    """An internal note stands in the room; the phone shows what came after it and not the note."""
    await file_a_report(page)
    await page.check("#as-note")
    await answer(page, "déjà vu en mars")
    await expect(page.locator(".entry.note")).to_contain_text("déjà vu en mars")
    await answer(page, "Merci pour votre signalement.")
    await expect(page.locator(".turn.officer")).to_contain_text("Merci pour votre signalement")
    await expect(page.locator("#bubbles")).not_to_contain_text("déjà vu en mars")


async def test_a_message_withdrawn_at_once_never_leaves(page: Page) -> None:
    """Within the grace period "Retirer" cancels the sending, and the mark says so."""
    await file_a_report(page)
    await answer(page, "Message écrit trop vite")
    await page.locator(".entry.officer", has_text="trop vite").get_by_role("button", name="Retirer").click()
    await expect(page.locator(".entry.officer .gone")).to_have_text("Message retiré")
    await expect(page.locator(".entry.officer [data-mark='↩️']")).to_be_visible()
    await expect(page.locator("#bubbles")).not_to_contain_text("trop vite")


async def test_a_new_phone_is_another_person(page: Page) -> None:
    """Two phones have two conversations that never mix."""
    await page.click("#start")
    await page.locator(".theirs").first.wait_for()
    await say(page, SEEN)
    await page.click("#new-phone")
    await expect(page.locator("#start")).to_be_visible()
    await expect(page.locator(".turn")).to_have_count(0)
    await page.get_by_role("button", name="Téléphone 1").click()
    await expect(page.locator("#bubbles")).to_contain_text("gare routière")


async def test_photo_place_and_refused_things_go_through_the_menu(page: Page) -> None:
    """The attach menu sends what Telegram sends; the counter answers each."""
    await page.click("#start")
    await page.locator(".theirs").first.wait_for()
    await say(page, SEEN)
    await page.set_input_files("#photo", {"name": "IMG_0042.png", "mimeType": "image/png", "buffer": picture()})
    await expect(page.locator(".mine img.shot")).to_have_js_property("naturalWidth", 320)
    await page.click("#attach summary")
    await page.click("#open-place")
    await page.get_by_role("button", name="Gare routière, Avignon").click()
    await expect(page.locator(".mine .map")).to_contain_text("43.9420, 4.8063")
    await page.click("#attach summary")
    await page.get_by_role("button", name="Mon numéro").click()
    await expect(page.locator(".mine .refused")).to_have_text("Carte de visite")


async def test_an_edited_message_shows_its_new_words(page: Page) -> None:
    """The citizen's bubble changes in place."""
    await page.click("#start")
    await page.locator(".theirs").first.wait_for()
    await say(page, SEEN)
    await page.locator(".mine", has_text="Avignon").get_by_role("button", name="Modifier").click()
    await page.fill("#phone-text", SEEN.replace("Avignon", "Orange"))
    await page.press("#phone-text", "Enter")
    await expect(page.locator(".mine", has_text="Orange")).to_contain_text("modifié")


async def test_what_people_write_stays_text(page: Page, faults: list[str]) -> None:
    """Markup in a message is shown as written, on the phone, in the room and at the desk."""
    await page.click("#start")
    await page.locator(".theirs").first.wait_for()
    await say(page, SEEN + " <img src=x onerror=alert(1)><script>alert(2)</script>")
    await expect(page.locator(".mine").last).to_contain_text("<script>alert(2)</script>")
    assert await page.locator("#bubbles script, #bubbles img[src=x]").count() == 0
    assert faults == []


async def test_a_page_opened_late_shows_everything(page: Page, house: House, browser: Browser) -> None:
    """A second page gets the whole picture at once, on a narrow screen by tabs and without sideways scrolling."""
    await file_a_report(page)
    context = await browser.new_context(viewport={"width": 360, "height": 720}, color_scheme="dark")
    second = await context.new_page()
    await second.goto(house.url)
    await expect(second.locator("#bubbles")).to_contain_text("gare routière")
    await second.get_by_role("tab", name="Agents").click()
    await expect(second.locator("#card-body")).to_contain_text("gare routière")
    await second.get_by_role("tab", name="Agents").press("ArrowRight")
    await expect(second.locator("#facts")).to_contain_text("gare routière")
    assert await second.evaluate("document.documentElement.scrollWidth") <= 360


async def test_the_desk_reads_the_same_conversation(page: Page, house: House, browser: Browser) -> None:
    """With the account shown on the page a supervisor reads the transcript; the journal tells of it."""
    await file_a_report(page)
    context = await browser.new_context(viewport={"width": 360, "height": 720})
    desk = await context.new_page()
    await desk.goto(f"{house.url}/desk/")
    await desk.fill("#name", ACCOUNT.name)
    await desk.fill("#password", ACCOUNT.password)
    await desk.get_by_role("button", name="Se connecter").click()
    await desk.get_by_role("link", name="S-0001").click()
    await expect(desk.locator(".turn.citizen").first).to_contain_text(SEEN)
    await expect(desk.locator(".learned").first).to_contain_text("gare routière")
    assert await desk.evaluate("document.documentElement.scrollWidth") <= 360
    await desk.get_by_role("link", name="Journal").click()
    await expect(desk.locator("tbody tr").nth(1)).to_contain_text("a lu le dossier")
    await desk.get_by_role("button", name="Se déconnecter").click()
    await desk.goto(f"{house.url}/desk/journal")
    await expect(desk.get_by_role("heading", name="Connexion")).to_be_visible()
