import hashlib
import os
import shutil
import subprocess
import sys
import tarfile

import pytest

from bot import process, train
from bot.content_hash import content_hash

CANARY = "xilofono amarillo siete tres nueve uno"


def trained(folder):
    """Train on a few messages, one of them the canary; return the output and the model's hash."""
    (folder / "data" / "nlu").mkdir(parents=True)
    for name in ("domain", "data/rules", "bot/config.yml"):
        source, target = process.ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    examples = {"greet": "hola", "rights_care": "puedo ir al doctor", "violence_now": "me pega"}
    rows = ["version: '3.1'", "nlu:"]
    for intent, text in examples.items():
        rows += [f"- intent: {intent}", "  metadata: {language: es}", "  examples: |"]
        rows += [f"    - {text} {i} {CANARY if i == 3 else ''}" for i in range(8)]
    (folder / "data" / "nlu" / "few.yml").write_text("\n".join(rows) + "\n")
    code = (
        "import sys, pathlib; from bot import process; process.prepare(); from bot import train;"
        "root = pathlib.Path(sys.argv[1]); train.train(root, root / 'model.tar.gz')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], cwd=process.ROOT, capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": "0"}, check=True,
    )  # fmt: skip
    hashes = {}
    with tarfile.open(folder / "model.tar.gz") as model:
        for member in model.getmembers():
            if member.name.endswith(("arrays.npz", "lists.json")):
                raw = model.extractfile(member)
                hashes[member.name] = hashlib.sha256(raw.read() if raw else b"").hexdigest()
    return done.stdout.decode() + done.stderr.decode(), hashes


@pytest.mark.slow
def test_two_trainings_make_the_same_numbers_and_print_no_message(tmp_path):
    printed, one = trained(tmp_path / "one")
    assert "xilofono" not in printed
    assert one
    assert trained(tmp_path / "two")[1] == one


def test_nothing_is_trained_when_nothing_changed(model, capsys):
    train.main([])
    assert "nothing changed" in capsys.readouterr().err


def test_the_hash_changes_with_a_list(monkeypatch, tmp_path):
    before = content_hash()
    assert before == content_hash()
    monkeypatch.setattr("bot.content_hash._DATA", ("data/nlu",))
    assert content_hash() != before


def test_the_configuration_is_left_as_it_is(model):
    config = (process.ROOT / "bot" / "config.yml").read_text("utf-8")
    assert "assistant_id: faro" in config
    assert "SafeguardingDetectorComponent" in config.split("policies:")[0].strip().splitlines()[-1]
