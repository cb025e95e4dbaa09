import time, asyncio
from pathlib import Path
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy import text
from directory.engine import async_engine
from directory.gazetteer import Gazetteer
from directory.hsds import store
from directory.pack_files import pack_folders, read_pack
ROOT=Path('/work/main')
async def test_bulk(database_url):
    ps=[(b['id'],f.name,b) for f in pack_folders(ROOT/'data/packs') for b in read_pack(f)[0].part('services') or []]
    g=Gazetteer(ROOT/'var/places.sqlite')
    N=100000
    many=[]
    for i in range(N):
        e,c,b=ps[i%len(ps)]
        e=f"{c.lower()}-s{100000+i}"
        many.append((e,c,{**b,'id':e,'organisation':f"{b['organisation']} {i%5000}"}))
    engine=async_engine(database_url)
    async with AsyncSession(engine) as s:
        t=time.perf_counter()
        await store.sync_many(s,many,g)
        t1=time.perf_counter()
        await s.commit()
        print('new',N,t1-t, time.perf_counter()-t1)
        t=time.perf_counter()
        await store.sync_many(s,many[:4000],g)
        print('again 4000',time.perf_counter()-t)
        t=time.perf_counter()
        await store.sync_listing(s,*many[5],g)
        print('one',time.perf_counter()-t)
        t=time.perf_counter()
        await store.remove(s,[many[7][0]])
        print('remove one',time.perf_counter()-t)
        t=time.perf_counter()
        await store.remove(s,[m[0] for m in many[:4000]])
        print('remove 4000',time.perf_counter()-t)
    await engine.dispose()
    g.close()
