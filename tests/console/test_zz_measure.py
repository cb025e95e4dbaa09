import time
from saying import every_message, tables, places
from content.live import Live, new_wording, overlaid, Known
from directory.edited import mark_of, read_edited
from console.wording_desk import open_desk
from console.wording_steps import Written, write, publish
from console.pages.wordings import waiting_in
async def test_measure(console, client_as):
    c=await client_as("admin"); await c.get("/wordings")
    t=time.perf_counter(); await c.get("/wordings"); print("overview", time.perf_counter()-t)
    t=time.perf_counter(); await c.get("/wordings/es"); print("list", time.perf_counter()-t)
    t=time.perf_counter(); await c.get("/wordings/es.po"); print("po out", time.perf_counter()-t)
    m=every_message()
    ids=sorted(m.ids("es"))
    async with console.sessions.begin() as s:
        desk=await open_desk(console,s)
        w=[Written("es",i,m.wording(i,"es").text.rstrip()+" ",False,"x") for i in ids if not i.startswith("choice.")][:1000]
        t=time.perf_counter(); await write(s,desk,w,actor="a",now=console.clock()); print("write 1000", time.perf_counter()-t)
    r=None
    t=time.perf_counter(); r=await c.post("/wordings/es/publish"); print("publish", time.perf_counter()-t, r.status_code)
    async with console.sessions() as s:
        await mark_of(s)
        t=time.perf_counter(); await mark_of(s); print("mark", time.perf_counter()-t)
        t=time.perf_counter(); e=await read_edited(s); print("read 1000", time.perf_counter()-t, len(e.wordings.get("es",{})))
        t=time.perf_counter(); overlaid(Known(m,tables()),e); print("overlay", time.perf_counter()-t)
