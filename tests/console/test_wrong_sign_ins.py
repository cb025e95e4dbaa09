"""Ten thousand wrong sign-ins let nobody in, and keep nobody out for good."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from simulators.console_people import PASSWORD, enrolled, is_in
from sqlalchemy import select

from console.models import TriesRow
from console.signing_in import Try, Wait, Welcome, Wrong, sign_in
from console.throttle import LONGEST, network_of, pause

ATTACKERS = [f"198.51.100.{i}" for i in range(1, 51)]


async def attack(console, clock, person, tries, *, addresses=ATTACKERS, password=None):
    """Try names, passwords and codes in turn; return how many were looked at, refused, let in."""
    chance, looked_at, refused, let_in = random.Random(6), 0, 0, 0  # noqa: S311 -- repeatable
    for number in range(tries):
        code = f"{chance.randrange(10**6):06}"
        if code == person.code(console):
            continue
        guess = password or f"guess number {number}"
        tried = Try(person.name, guess, code, addresses[number % len(addresses)])
        result = await sign_in(console, tried, now=clock())
        looked_at += isinstance(result, Wrong)
        refused += isinstance(result, Wait)
        let_in += isinstance(result, Welcome)
        clock.passes(seconds=0.5)
    return looked_at, refused, let_in


@pytest.mark.slow
async def test_ten_thousand_wrong_sign_ins(console, clock, browsers):
    ana, own = await enrolled(console), browsers.stranger(address="203.0.113.5")
    assert is_in(await own.post("/sign-in", data=ana.fields(console)))
    looked_at, refused, let_in = await attack(console, clock, ana, 9000)
    more = await attack(console, clock, ana, 1000, password=PASSWORD)
    assert let_in + more[2] == 0
    assert looked_at + more[0] < 500, "most tries were not even looked at"
    assert refused > 8000
    own.cookies.delete("faro-session")
    # In the middle of it: from her own browser, and from a new telephone.
    assert is_in(await own.post("/sign-in", data=ana.fields(console)))
    clock.passes(minutes=15)  # those who know her password made her wait for the second factor
    telephone = browsers.stranger(address="203.0.113.9")
    assert is_in(await telephone.post("/sign-in", data=ana.fields(console)))


async def test_somebody_new_gets_in_while_others_guess_her_password(console, clock, browsers):
    ana = await enrolled(console)
    await attack(console, clock, ana, 300)
    again = Try(ana.name, "x", "000000", ATTACKERS[0])
    assert isinstance(await sign_in(console, again, now=clock()), Wait)
    assert is_in(
        await browsers.stranger(address="203.0.113.9").post("/sign-in", data=ana.fields(console))
    )


async def test_behind_the_address_of_an_attacker_the_own_browser_still_gets_in(
    console, clock, browsers
):
    ana, own = await enrolled(console), browsers.stranger(address=ATTACKERS[0])
    assert is_in(await own.post("/sign-in", data=ana.fields(console)))
    await attack(console, clock, ana, 100, addresses=ATTACKERS[:1])
    assert is_in(await own.post("/sign-in", data=ana.fields(console)))


async def test_once_it_is_over_everybody_gets_in_within_a_quarter_of_an_hour(
    console, clock, browsers
):
    ana, own = await enrolled(console), browsers.stranger(address=ATTACKERS[0])
    await attack(console, clock, ana, 2000, addresses=ATTACKERS[:1])
    assert (await own.post("/sign-in", data=ana.fields(console))).status_code == 429
    clock.passes(minutes=15)
    assert is_in(await own.post("/sign-in", data=ana.fields(console)))


async def test_a_wait_is_told_in_words_and_is_the_same_for_a_name_that_does_not_exist(
    console, browsers
):
    ana, told = await enrolled(console), []
    for name, address in ((ana.name, "192.0.2.10"), ("Nobody", "192.0.2.11")):
        browser = browsers.stranger(address=address)
        answers = [
            await browser.post("/sign-in", data=ana.fields(console, name=name, code="000000"))
            for _ in range(6)
        ]
        told.append([answer.status_code for answer in answers])
        assert answers[-1].headers["Retry-After"] == "1"
        assert "Wait 1 second, then try again" in answers[-1].text
    assert told == [[422, 422, 422, 422, 422, 429]] * 2


async def test_many_tries_at_once_are_counted_as_many(console, clock):
    import asyncio  # noqa: PLC0415 -- only here

    ana = await enrolled(console)
    tried = [Try(ana.name, f"guess {i}", "000000", "192.0.2.7") for i in range(12)]
    results = await asyncio.gather(*(sign_in(console, one, now=clock()) for one in tried))
    assert sum(isinstance(result, Wrong) for result in results) == 5


async def test_what_was_counted_is_forgotten_after_a_day(console, clock):
    for number in range(20):
        await sign_in(console, Try(f"name {number}", "x", "0", f"192.0.2.{number}"), now=clock())
    clock.passes(days=1, seconds=1)
    await sign_in(console, Try("Nobody", "x", "000000", "192.0.2.99"), now=clock())
    async with console.sessions() as session:
        kept = (await session.scalars(select(TriesRow))).all()
    assert {row.last_at for row in kept} == {clock()}


def test_waits_grow_up_to_a_quarter_of_an_hour():
    waits = [pause(failures) for failures in range(100)]
    assert waits[:7] == [timedelta(seconds=s) for s in (0, 0, 0, 0, 0, 1, 2)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("testclient", "unknown"),
    ],
)
def test_an_address_is_counted_as_the_network_of_a_household(address, network):
    assert network_of(address) == network
