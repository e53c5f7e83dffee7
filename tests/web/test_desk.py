"""The supervisors' desk: who comes in, what they see, and that nothing is seen unseen."""

import re

import pytest

from domain import events as e
from tests.web.conftest import PASSWORD, PHOTO, Desk, mark_of
from tests.web.fakes import VAUCLUSE
from web.headers import SECURITY_HEADERS

# --- coming in -------------------------------------------------------------------------------------


async def test_the_right_password_opens_the_desk(desk: Desk) -> None:
    """After signing in the list of cases is shown."""
    answer = await desk.sign_in("chef")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "S-0001" in (await desk.client.get("/")).text


@pytest.mark.parametrize("name", ["chef", "personne"])
async def test_a_wrong_password_and_an_unknown_name_read_the_same(desk: Desk, name: str) -> None:
    """The answer never tells which names exist."""
    answer = await desk.sign_in(name, "pas le bon mot de passe")
    assert answer.status_code == 401
    assert "Nom ou mot de passe inconnu." in answer.text


async def test_an_unknown_name_is_not_written_down(desk: Desk) -> None:
    """What is typed as a name may be a password: the journal keeps it out."""
    await desk.sign_in("mon mot de passe secret", "x")
    assert (await desk.journal())[-1] == ("-", "sign-in.failed", "")


async def test_too_many_tries_are_told_to_wait(desk: Desk) -> None:
    """After five tries for one name not even the right password is looked at, until a minute has passed."""
    for _ in range(5):
        assert (await desk.sign_in("chef", "faux")).status_code == 401
    refused = await desk.sign_in("chef")
    assert refused.status_code == 429
    assert "Trop d’essais. Réessayez dans une minute." in refused.text
    assert (await desk.sign_in("vaucluse")).status_code == 303
    desk.clock.forward(seconds=61)
    assert (await desk.sign_in("chef")).status_code == 303


async def test_the_cookie_is_locked_and_the_store_holds_only_its_hash(desk: Desk) -> None:
    """__Host-, Secure, HttpOnly, SameSite=Strict; whoever steals the database cannot sign in."""
    answer = await desk.sign_in("chef")
    cookie = answer.headers.get_list("set-cookie")[0]
    assert cookie.startswith("__Host-guichet-desk=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=strict"} <= set(cookie.split("; "))
    token = desk.client.cookies["__Host-guichet-desk"]
    async with desk.store.unit() as unit:
        assert await unit.desk.session(token, desk.clock.now()) is None


@pytest.mark.parametrize("path", ["/", "/dossiers/S-0001", f"/dossiers/S-0001/photos/{PHOTO}", "/journal", "/identite"])
async def test_nothing_shows_without_a_session(desk: Desk, path: str) -> None:
    """Every page leads a stranger to the sign-in form."""
    answer = await desk.client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/connexion")


async def test_a_session_ends_when_idle(desk: Desk) -> None:
    """Each page keeps it alive for twenty minutes, no longer."""
    await desk.sign_in("chef")
    for _ in range(4):
        desk.clock.forward(minutes=19)
        assert (await desk.client.get("/")).status_code == 200
    desk.clock.forward(minutes=21)
    assert (await desk.client.get("/")).status_code == 303


async def test_a_session_ends_in_any_case_after_eight_hours(desk: Desk) -> None:
    """However busy."""
    await desk.sign_in("chef")
    for _ in range(31):
        desk.clock.forward(minutes=15)
        assert (await desk.client.get("/")).status_code == 200
    desk.clock.forward(minutes=16)
    assert (await desk.client.get("/")).status_code == 303


async def test_a_token_with_a_later_end_opens_nothing(desk: Desk) -> None:
    """The end that a token bears cannot be changed by its bearer."""
    await desk.sign_in("chef")
    secret, _, end = desk.client.cookies["__Host-guichet-desk"].partition(".")
    desk.client.cookies.set("__Host-guichet-desk", f"{secret}.{int(end) + 3600}", domain="desk.test")
    answer = await desk.client.get("/", headers={"cookie": f"__Host-guichet-desk={secret}.{int(end) + 3600}"})
    assert answer.status_code == 303


async def test_signing_out_ends_the_session_and_clears_the_browser(desk: Desk) -> None:
    """The old cookie opens nothing any more, wherever it was copied to."""
    await desk.sign_in("chef")
    token = desk.client.cookies["__Host-guichet-desk"]
    answer = await desk.client.post("/deconnexion", data={"mark": mark_of(await desk.client.get("/"))})
    assert answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    again = await desk.client.get("/", headers={"cookie": f"__Host-guichet-desk={token}"})
    assert again.status_code == 303
    assert (await desk.journal())[-1] == ("chef", "sign-out", "")


# --- forms -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["", "0" * 64])
async def test_a_form_from_elsewhere_does_nothing(desk: Desk, mark: str) -> None:
    """Neither signing in nor signing out works without the mark of one's own form."""
    answer = await desk.client.post("/connexion", data={"name": "chef", "password": PASSWORD, "mark": mark})
    assert answer.status_code == 403
    await desk.sign_in("chef")
    assert (await desk.client.post("/deconnexion", data={"mark": mark})).status_code == 403
    assert (await desk.client.get("/")).status_code == 200


async def test_a_mark_of_another_browser_does_not_count(desk: Desk) -> None:
    """A mark fetched by an attacker is tied to the attacker's cookie."""
    theirs = mark_of(await desk.client.get("/connexion"))
    desk.client.cookies.clear()
    await desk.client.get("/connexion")
    answer = await desk.client.post("/connexion", data={"name": "chef", "password": PASSWORD, "mark": theirs})
    assert answer.status_code == 403


# --- reading ---------------------------------------------------------------------------------------


async def test_every_view_is_journaled(desk: Desk) -> None:
    """Who saw what, in order, in a chain that holds."""
    await desk.sign_in("chef")
    for path in ("/", "/?etat=closed", "/dossiers/S-0001", f"/dossiers/S-0001/photos/{PHOTO}", "/identite", "/journal"):
        assert (await desk.client.get(path)).status_code == 200
    assert [line for line in await desk.journal() if line[0] == "chef"] == [
        ("chef", "sign-in", ""),
        ("chef", "cases.listed", ""),
        ("chef", "cases.listed", "closed"),
        ("chef", "case.read", "S-0001"),
        ("chef", "photo.seen", "S-0001"),
        ("chef", "identity.seen", ""),
        ("chef", "journal.read", ""),
    ]
    async with desk.store.unit() as unit:
        assert await unit.desk.journal_is_whole()


async def test_a_citizens_markup_is_shown_as_text(desk: Desk) -> None:
    """Nobody can write a script into a supervisor's page."""
    await desk.sign_in("chef")
    page = (await desk.client.get("/dossiers/S-0001")).text
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(&#39;vu&#39;)&lt;/script&gt;") == 3


async def test_three_voices_and_what_was_learned(desk: Desk) -> None:
    """The exact words of each, a tap in the button's words, notes as notes, withdrawn words marked."""
    await desk.sign_in("chef")
    page = (await desk.client.get("/dossiers/S-0001")).text
    for expected in (
        '<li class="turn citizen">', '<li class="turn counter">', '<li class="turn officer withdrawn">',
        '<li class="turn note">', "Racontez ce que vous avez vu.", '<p class="words">Le soir</p>',
        "déjà signalé en mars", "2 informations sur 3", "Il manque&nbsp;: moment.", "vers 19 h",
    ):  # fmt: skip
        assert expected in page


async def test_a_pin_that_nobody_confirmed_is_not_shown(desk: Desk) -> None:
    """It may be where the citizen lives."""
    await desk.sign_in("chef")
    assert "43.94" not in (await desk.client.get("/dossiers/S-0001")).text


async def test_no_exact_minute_is_shown(desk: Desk) -> None:
    """The conversation began at 18:07 UTC; supervisors read the hour."""
    await desk.sign_in("chef")
    page = (await desk.client.get("/dossiers/S-0001")).text
    assert ":07" not in page


async def test_an_erased_conversation_shows_its_existence_only(desk: Desk) -> None:
    """Nothing said is left; the page says so."""
    await desk.sign_in("chef")
    async with desk.store.unit() as unit:
        case = await unit.cases.by_alias(desk.aliases["vaucluse"])
        assert case is not None
        await unit.conversations.erase(case.conversation, desk.clock.now())
    page = await desk.client.get("/dossiers/S-0001")
    assert page.status_code == 200
    assert "Contenu effacé" in page.text
    assert "il vend" not in page.text


async def test_a_supervisor_of_one_cell_sees_that_cell_only(desk: Desk) -> None:
    """Neither list, nor case, nor photo, nor journal tells of another cell; the try is written down."""
    await desk.sign_in("chef")
    await desk.client.get("/dossiers/H-0001")
    desk.client.cookies.clear()
    await desk.sign_in("vaucluse")
    pages = [await desk.client.get(path) for path in ("/", "/journal")]
    assert all(page.status_code == 200 and "H-0001" not in page.text for page in pages)
    assert (await desk.client.get("/dossiers/H-0001")).status_code == 404
    assert (await desk.client.get(f"/dossiers/H-0001/photos/{PHOTO}")).status_code == 404
    assert ("vaucluse", "case.refused", "H-0001") in await desk.journal()
    assert (await desk.client.get("/dossiers/S-0001")).status_code == 200


async def test_cases_are_filtered_by_state_and_paged(desk: Desk) -> None:
    """Three to a page, newest first, each case once."""
    for number in range(2, 6):
        await desk.file_case(VAUCLUSE, (e.ConversationStarted(VAUCLUSE.id),), number)
    async with desk.store.unit() as unit:
        await unit.cases.close(desk.aliases["vaucluse"], e.Verdict.EXPLOITABLE, desk.clock.now())
    await desk.sign_in("vaucluse")
    first = (await desk.client.get("/?etat=waiting")).text
    assert "S-0001" not in first
    assert [f"S-000{n}" in first for n in (5, 4, 3, 2)] == [True, True, True, False]
    second = (await desk.client.get("/?etat=waiting&a=3")).text
    assert "S-0002" in second
    assert "Dossiers plus anciens" not in second
    closed = (await desk.client.get("/?etat=closed")).text
    assert "S-0001" in closed
    assert '<td data-label="Suite donnée">exploitable</td>' in closed


@pytest.mark.parametrize("path", ["/?etat=secret", "/?a=-1", "/?a=x", "/dossiers/S-9999", "/rien"])
async def test_what_is_not_there_is_a_plain_404(desk: Desk, path: str) -> None:
    """No trace, no echo of what was asked."""
    await desk.sign_in("chef")
    answer = await desk.client.get(path)
    assert answer.status_code == 404
    assert "S-9999" not in answer.text


async def test_the_identity_page_shows_what_officers_compare(desk: Desk) -> None:
    """The fingerprint and the emoji of the last verification, when there are any."""
    await desk.sign_in("chef")
    assert "Aucune empreinte" in (await desk.client.get("/identite")).text
    async with desk.store.unit() as unit:
        await unit.secrets.set("matrix.fingerprint", b"AbCd 1234")
        await unit.secrets.set("matrix.verification", "🐶 Chien".encode())
    page = (await desk.client.get("/identite")).text
    assert "AbCd 1234" in page
    assert "🐶 Chien" in page


async def test_every_answer_bears_the_security_headers(desk: Desk) -> None:
    """Pages, faults, redirections, pictures and style sheets alike; no script may come from anywhere else."""
    paths = ("/", "/connexion", "/rien", "/static/guichet.css", "/dossiers/S-0001", f"/dossiers/S-0001/photos/{PHOTO}")
    for is_in in (False, True):
        if is_in:
            await desk.sign_in("chef")
        for path in paths:
            answer = await desk.client.get(path)
            assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == dict(SECURITY_HEADERS), path


async def test_pages_have_no_inline_script_or_style(desk: Desk) -> None:
    """What the policy forbids is not even tried."""
    await desk.sign_in("chef")
    for path in ("/", "/dossiers/S-0001", "/journal", "/identite"):
        page = (await desk.client.get(path)).text
        assert "<script" not in page
        assert "style=" not in page
        assert not re.search(r"<[^>]*\son\w+=", page)
