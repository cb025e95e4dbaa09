"""What stands on the pages of the web chat is in every language, and tells nothing by itself."""

from __future__ import annotations

import json
import re

import pytest

from channels.webchat.pages import STATIC
from channels.wiring import our_languages

LABELS = json.loads((STATIC / "labels.json").read_text("utf-8"))
NAMED = {"ends": {"exit"}, "without": {"exit", "drop"}}


def test_every_language_that_is_switched_on_has_every_label():
    assert set(our_languages().enabled) == set(LABELS)
    for tag, labels in LABELS.items():
        assert set(labels) == set(LABELS["en"]), tag
        assert all(text.strip() for text in labels.values()), tag


@pytest.mark.parametrize("tag", sorted(LABELS))
def test_labels_name_the_buttons_as_they_read(tag):
    for name, text in LABELS[tag].items():
        assert set(re.findall(r"\{(\w+)\}", text)) == NAMED.get(name, set()), name


@pytest.mark.parametrize("tag", sorted(LABELS))
def test_what_the_browser_s_history_shows_is_named_as_the_page_s_title(tag):
    assert "Chat" in LABELS[tag]["history"]
    assert "<title>Chat</title>" in (STATIC / "chat.html").read_text("utf-8")


@pytest.mark.parametrize("tag", sorted(LABELS))
def test_the_tip_at_the_exit_does_not_say_whose_page_it_was(tag):
    tip = LABELS[tag]["loading"]
    assert "Chat" not in tip
    assert LABELS[tag]["chat"].lower() not in tip.lower()


@pytest.mark.parametrize("tag", sorted(LABELS))
def test_labels_are_short_enough_for_a_small_screen(tag):
    labels = LABELS[tag]
    assert len(labels["drop"]) <= 24
    assert len(labels["ends"]) + len(labels["history"]) <= 240
    assert len(labels["without"]) <= 240
