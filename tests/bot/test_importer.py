import copy

from bot.importer import read_examples


def test_messages_of_the_enabled_languages_are_read_once(tmp_path):
    for name in ("es/a.yml", "fr/a.yml", "few.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(
            "nlu:\n- intent: greet\n  metadata: {language: xx, author: xx-a}\n"
            f"  examples: |\n    - {name}\n    - {name}\n"
        )
    texts = [example.get("text") for example in read_examples(tmp_path, ["es"])]
    assert texts == ["es/a.yml", "few.yml"]


def test_rasa_may_copy_a_message_at_no_cost(tmp_path):
    (tmp_path / "few.yml").write_text("nlu:\n- {intent: greet, examples: '- hola'}\n")
    (example,) = read_examples(tmp_path, [])
    assert copy.deepcopy(example) is example
    assert len({example, copy.deepcopy(example)}) == 1
