"""An operator corrects a number, another one approves, three channels say it within a minute."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect
from simulators.console_people import PASSWORD, enrolled
from simulators.faro import Faro, running_faro, until
from simulators.looking import looked_at
from simulators.telegram import text_update
from sqlalchemy import update

from console.models import OperatorRow
from content.render import build_renderer
from delivery.timing import Timing
from directory import stewardship
from wire.decision import Decision
from wire.say import Say
from wire.state import State
from wire.turn import Turn

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
ROOT = Path(__file__).parents[2]
MINUTE = 60  # seconds


@dataclass(frozen=True)
class Case:
    """Language and width of the pages; the listing; what is said of it, and what is right."""

    locale: str
    width: int
    listing: str
    wrong: str
    right: str

    def __str__(self) -> str:
        return f"{self.locale}-{self.width}"


CASES = [
    Case("es", 360, "sv-s01", "2510-4300", "2510-4399"),
    Case("es", 1280, "sv-s03", "2440-8504", "2440-8599"),
    Case("en", 360, "sv-s04", "2413-1480", "2413-1499"),
    Case("en", 1280, "sv-s05", "2450-2227", "2450-2299"),
]
LOOKS = [("es", 360), ("en", 1280)]
RIGHT_TO_LEFT = "ar"


@dataclass
class People:
    """Three people who ask for the same listing, on three channels."""

    faro: Faro
    listing: str = ""
    asked: int = field(default=0)

    def decide(self, turn: Turn) -> Decision:
        """What the enclave would decide: tell the listing."""
        say = Say("services.details", {"listing": self.listing, "country": "SV"}, ("menu_help",))
        state = State({"language": "es", "country": "SV"})
        return Decision("es", "service_details", 1.0, (say,), state)

    async def ask(self, listing: str) -> dict[str, str]:
        """Return what each of them reads."""
        self.listing, self.asked = listing, self.asked + 1
        faro, n = self.faro, self.asked
        for server in (faro.telegram, faro.twilio):
            server.reset()
        await faro.telegram_post(text_update(n, "datos", chat=7000 + n))
        for channel, prefix in (("sms", ""), ("whatsapp", "whatsapp:")):
            number = f"{prefix}+5037000{n:04d}"
            form = {"MessageSid": f"{channel}{n}", "From": number, "To": "+1", "Body": "datos"}
            await faro.twilio_post(form, channel=channel)
        await until(lambda: faro.telegram.sent and len({*_to(faro)}) == 2, seconds=MINUTE)
        texts = {"telegram": "\n".join(faro.telegram.texts)}
        for message in faro.twilio.sent:
            channel = "whatsapp" if message["To"].startswith("whatsapp:") else "sms"
            texts[channel] = texts.get(channel, "") + message["Body"]
        return texts


def _to(faro: Faro) -> list[str]:
    return [message["To"] for message in faro.twilio.sent]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def salvador(served, salvador) -> None:
    """El Salvador's pack, which ISDEMU keeps true."""
    async with served.console.sessions.begin() as session:
        await stewardship.assign(
            session, part=None, scope="SV", organisation="isdemu", steward="Ana Reyes"
        )


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def people(served, salvador, module_database_url) -> AsyncIterator[People]:
    """A running gateway with the real renderer, and people who write to it."""
    async with (
        build_renderer(module_database_url, ROOT) as renderer,
        running_faro(module_database_url, timing=Timing(poll=0.1), renderer=renderer) as faro,
    ):
        asking = People(faro)
        with patch("simulators.enclave.decide", asking.decide):
            yield asking


async def unfold(page: Page) -> None:
    """Open every section of a page."""
    await page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")


async def sign_in(page: Page, served, name: str, role: str, locale: str) -> None:
    """Sign in as somebody of ISDEMU who was enrolled before."""
    person = await enrolled(served.console, name, role)
    async with served.console.sessions.begin() as session:
        known = update(OperatorRow).where(OperatorRow.id == person.id)
        await session.execute(known.values(organisation="isdemu", locale=locale))
    await page.goto("/sign-in")
    await page.fill("#name", person.name)
    await page.fill("#password", PASSWORD)
    await page.fill("#code", person.code(served.console))
    await page.click("main button[type=submit]")
    await expect(page.locator(".who")).to_contain_text(name)


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_a_corrected_number_is_said_on_three_channels_within_a_minute(
    open_as, served, people, case
):
    shot, locale, listing = str(case), case.locale, case.listing
    wrong, right = case.wrong, case.right
    editor = await open_as(None, "/sign-in", width=case.width, locale=locale)
    await sign_in(editor, served, f"Eva {shot}", "editor", locale)
    assert all(wrong in text for text in (await people.ask(listing)).values())

    await editor.goto("/listings")
    await looked_at(editor, f"list-{shot}")
    await editor.fill("#words", listing)
    await editor.click("form.filter button")
    await editor.click(f"ul.entries a[href='/listings/{listing}']")
    await looked_at(editor, f"entry-{shot}")
    await editor.click(f"a[href='/listings/{listing}/edit']")
    await unfold(editor)
    await looked_at(editor, f"edit-{shot}")
    await editor.fill("[id='phones.0.number']", right)
    await editor.click("button[value=review]")  # and forgets to say why
    await expect(editor.locator(".errors a")).to_have_attribute("href", "#reason")
    await looked_at(editor, f"edit-fault-{shot}")
    await editor.fill("#reason", "Nos lo dijeron por teléfono.")
    await editor.click("button[value=preview]")
    for language in (locale, RIGHT_TO_LEFT):
        await editor.select_option("#language", language)
        await editor.click("form.filter button")
        await expect(editor.locator(".phone")).to_have_count(6)
        for phone in await editor.locator(".phone").all():
            await expect(phone).to_contain_text(right)
        await looked_at(editor, f"preview-{language}-{shot}")
    await editor.click("p.way a >> nth=1")
    await editor.click("form[action$='/submit'] button")
    version = editor.url

    reviewer = await open_as(None, "/sign-in", width=case.width, locale=locale)
    await sign_in(reviewer, served, f"Rut {shot}", "reviewer", locale)
    await reviewer.goto(version)
    await expect(reviewer.locator("ins").first).to_have_text(right)
    await expect(reviewer.locator("del").first).to_have_text(wrong)
    await looked_at(reviewer, f"review-{shot}")
    before = time.monotonic()
    await reviewer.click("form[action$='/publish'] button")
    told = await people.ask(listing)
    assert time.monotonic() - before < MINUTE
    assert set(told) == {"telegram", "sms", "whatsapp"}
    assert all(right in text and wrong not in text for text in told.values())

    await editor.goto(f"/listings/{listing}")
    await looked_at(editor, f"history-{shot}")
    await editor.locator("ol.history a").last.click()
    await editor.locator("details.section summary").first.click()
    await editor.fill("#restore_reason", "Antes estaba bien.")
    await editor.click("form[action$='/restore'] button")
    await reviewer.goto(editor.url)
    await reviewer.click("form[action$='/publish'] button")
    assert all(wrong in text for text in (await people.ask(listing)).values())


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("path", ["/facts/rights/sv-r01", "/facts/helplines/sv-h01"])
async def test_facts_and_lines_can_be_read_and_written(open_as, salvador, path, look):
    locale, width = look
    shot = f"{path.split('/')[2]}-{locale}-{width}"
    page = await open_as("admin", path.rpartition("/")[0], width=width, locale=locale)
    await looked_at(page, f"list-{shot}")
    for step in ("", "/edit", "/preview"):
        await page.goto(f"{path}{step}")
        await unfold(page)
        await looked_at(page, f"{step.strip('/') or 'entry'}-{shot}")
    await page.goto(f"{path.rpartition('/')[0]}/new?country=SV")
    await looked_at(page, f"new-{shot}")


async def test_a_number_is_corrected_by_keyboard_alone(open_as, salvador):
    page = await open_as("admin", "/listings/sv-s06/edit", width=360)
    await page.focus("[id='phones.0.number']")
    await page.keyboard.press("Control+A")
    await page.keyboard.type("2301-1199")
    await page.focus("#reason")
    await page.keyboard.type("They told us.")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("ins").first).to_have_text("2301-1199")
