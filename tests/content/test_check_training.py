"""The messages that the bot learns from are refused where they repeat themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.check_training import check_language, short_cells, wanted
from content.near_duplicates import near_duplicates


def problems(
    data: Path, trained: str, held_back: str = "", *, author: str = "xx-a", scripts: str = "Latn"
) -> list[str]:
    for folder, lines, who in (("nlu", trained, author), ("held-back", held_back, "xx-h")):
        rows = "\n".join(f"    - {line}" for line in lines.splitlines())
        (data / folder / "xx").mkdir(parents=True)
        (data / folder / "xx" / "messages.yml").write_text(
            f"nlu:\n- intent: greet\n  metadata: {{author: {who}}}\n  examples: |\n{rows}\n",
            "utf-8",
        )
    return [str(fault).split("/xx/")[-1] for fault in check_language(data, "xx", [scripts])]


def test_different_messages_have_no_fault(tmp_path):
    assert problems(tmp_path, "hola\nbuenos dias a todos\nque tal va la cosa hoy") == []


def test_messages_that_say_the_same_in_nearly_the_same_words_are_told_with_their_line(tmp_path):
    told = problems(tmp_path, "hola\nyo quiero ir al doctor hoy\nyo quiero ir al doctor ya")
    assert told == ["messages.yml:7: shares 71% of its words with messages.yml:6"]


def test_the_same_message_twice_is_told_however_short(tmp_path):
    assert problems(tmp_path, "hola\n¡Hola!") == [
        "messages.yml:6: the same as messages.yml:5 (greet)"
    ]


def test_a_training_message_near_a_held_back_one_is_told(tmp_path):
    (told,) = problems(tmp_path, "yo quiero ir al doctor", "quiero ir al doctor hoy yo")
    assert told.startswith("messages.yml:5: shares 83% of its words with held-back/messages.yml:5")


@pytest.mark.parametrize(
    "lines",
    [
        "i need a doctor\ni need a nurse\ni need a lawyer\ni need a friend",
        "\n".join(f"where can i {a} {b}" for a, b in ("ab", "cd", "ef", "gh", "ij")),
    ],
)
def test_messages_made_after_one_frame_are_told(tmp_path, lines):
    (told,) = problems(tmp_path, lines)
    assert "messages of greet are made like" in told


def test_a_message_in_a_script_of_another_language_is_told_and_latin_letters_are_not(tmp_path):
    told = problems(tmp_path, "salam khoobi\nسلام خوبی\nпривет как дела", scripts="Arab")
    assert told == ["messages.yml:7: is in Cyrl"]


def test_an_author_of_held_back_messages_writes_no_training_messages(tmp_path):
    (told,) = problems(tmp_path, "hola", "adios", author="xx-h")
    assert "xx-h is an author of held-back messages" in told


def test_cells_that_are_short_are_named():
    assert wanted("rights_care", 60) == 120
    assert wanted("thanks", 60) == 25
    assert short_cells({"greet": 60, "housing": 10}, ["greet", "housing"], 60) == [
        "housing 10 of 60"
    ]


def test_near_duplicates_are_found_among_many():
    texts = [f"w{n} x{n % 7} y{n % 11} z{n % 13} v{n}".split() for n in range(2_000)]
    texts.append([*texts[1000][:4], "other"])
    assert [pair[:2] for pair in near_duplicates(texts)] == [(2000, 1000)]
