from dataclasses import replace
import pytest
from linked import LISTING, fill, link_to
from playwright.async_api import async_playwright
from axe_playwright_python.async_playwright import Axe
from simulators.serving import serving
from console import sessions
from console.app import build_app
from console.models import OperatorRow

async def test_shots(console, console_app, clock):
    await fill(console, "SV", "AT")
    path = await link_to(console)
    async with console.sessions.begin() as session:
        row = OperatorRow(name="Ana", name_key="ana", role="admin", countries=[], languages=[], locale="es", created_at=clock())
        session.add(row); await session.flush()
        token = await sessions.begin(console, session, row.id, now=clock())
    async with serving(console_app) as url, async_playwright() as pw:
        b = await pw.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for width, lang in ((360,"es"),(1280,"en")):
            ctx = await b.new_context(viewport={"width":width,"height":800}, locale=lang)
            await ctx.add_cookies([{"name":"faro-session","value":token,"url":url}])
            pg = await ctx.new_page()
            for name, p in (("today","/today"),("ver","/verification"),("entry",f"/verification/services/{LISTING}"),("org","/verification/organisations"),("confirm",path),("closed","/confirm/1")):
                await pg.goto(url+p)
                if name=="confirm":
                    for d in await pg.query_selector_all("details summary"): await d.click()
                await pg.screenshot(path=f"/tmp/w/shot_{name}_{width}.png", full_page=(name!="today"))
                r = await Axe().run(pg, options={"runOnly":["wcag2a","wcag2aa","wcag21aa","wcag22aa"]})
                wide = await pg.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                print(name,width,"axe",[(v["id"],[n["html"][:120] for n in v["nodes"]][:3]) for v in r.response["violations"]],"overflow",wide)
        await b.close()
