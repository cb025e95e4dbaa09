"""Sealed values open in their own place only, with any key of the ring."""

from __future__ import annotations

import pytest

from delivery.pseudonym import Pseudonyms
from delivery.seal import KeyRing, SealError, new_key, read_key_ring

ROW = ("inbox", "said", "a", "b")


def test_what_was_sealed_opens_again():
    ring = read_key_ring(new_key("k1"))
    assert ring.open_json(ring.seal_json({"a": "ñ"}, row=ROW), row=ROW) == {"a": "ñ"}


def test_the_same_text_never_looks_the_same():
    ring = read_key_ring(new_key("k1"))
    assert ring.seal(b"x", row=ROW) != ring.seal(b"x", row=ROW)


@pytest.mark.parametrize(
    "row", [("inbox", "said", "ab", ""), ("inbox", "said", "a"), ("outbox", *ROW[1:])]
)
def test_a_value_moved_to_another_row_does_not_open(row):
    ring = read_key_ring(new_key("k1"))
    with pytest.raises(SealError):
        ring.open(ring.seal(b"x", row=ROW), row=row)


def test_keys_rotate_old_values_still_open_and_new_ones_use_the_new_key():
    old, new = new_key("k1"), new_key("k2")
    sealed = read_key_ring(old).seal(b"x", row=ROW)
    both = read_key_ring(f"{new},{old}")
    assert both.open(sealed, row=ROW) == b"x"
    with pytest.raises(SealError):
        read_key_ring(new).open(sealed, row=ROW)
    assert read_key_ring(new).open(both.seal(b"y", row=ROW), row=ROW) == b"y"


@pytest.mark.parametrize("damage", range(0, 40, 3))
def test_a_damaged_value_does_not_open(damage):
    ring = read_key_ring(new_key("k1"))
    sealed = bytearray(ring.seal(b"some text", row=ROW))
    sealed[damage % len(sealed)] ^= 1
    with pytest.raises(SealError):
        ring.open(bytes(sealed), row=ROW)


@pytest.mark.parametrize("value", [b"", b"\x01", b"\x01\x05", b"\x02abc", b"\x01\x02k1"])
def test_what_was_never_sealed_does_not_open(value):
    with pytest.raises(SealError):
        read_key_ring(new_key("k1")).open(value, row=ROW)


@pytest.mark.parametrize(
    "written", ["", "k1", "k1:", "k1:AAAA", ":" + new_key("k")[2:], "k1:not base64!"]
)
def test_a_wrong_ring_is_refused_without_showing_it(written):
    with pytest.raises(SealError) as refused:
        read_key_ring(written)
    assert "AAAA" not in str(refused.value)


def test_no_key_is_in_a_repr():
    written = new_key("k1")
    assert written.partition(":")[2] not in repr(read_key_ring(written))
    with pytest.raises(SealError):
        KeyRing({"a": b"0" * 32}, current="b")


def test_a_pseudonym_depends_on_channel_address_and_key():
    names = Pseudonyms(b"p" * 32)
    one = names.conversation("sms", "+503")
    assert len(one) == 32
    assert one == names.conversation("sms", "+503")
    others = {
        names.conversation("whatsapp", "+503"),
        names.conversation("sms+", "503"),
        Pseudonyms(b"q" * 32).conversation("sms", "+503"),
        names.provider_id("sms", "+503").hex()[:32],
    }
    assert one not in others
    assert len(others) == 4
    with pytest.raises(ValueError, match="shorter"):
        Pseudonyms(b"short")
