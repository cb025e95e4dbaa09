import http.client
import threading
import time

import pytest

from bot.door import LARGEST_BODY, MOST_MESSAGES

CANARY = "xilofono amarillo siete tres nueve uno"


def turn(text=None, choice=None, **slots):
    return {
        "version": 1, "conversation": "c1", "channel": "sms", "text": text, "choice": choice,
        "language": None, "state": {"version": 1, "slots": slots},
    }  # fmt: skip


def batch(*texts):
    return {"version": 1, "messages": [{"id": i, "text": t} for i, t in enumerate(texts)]}


def test_health_says_that_it_is_ready_and_nothing_else(door):
    status, body = door.get("/health")
    assert status == 200
    assert body.keys() == {"ready", "model"}
    assert body["ready"] is True
    assert len(body["model"]) == 64


@pytest.mark.parametrize("path", ["/turns", "/parse", "/explain"])
@pytest.mark.parametrize("token", [None, "", "wrong", "test-secre", "test-secrett", "ñ"])
def test_without_the_secret_nothing_is_answered(door, path, token):
    status, body = door.post(path, turn("hola"), token=token)
    assert status == 401
    assert body == {"error": "not_allowed"}


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe", {}, {"version": 2}, {**turn("a"), "more": CANARY},
        {**turn("a"), "text": 3}, turn(), turn("a", "b"), {**turn("a"), "state": {}},
        turn(choice="restart"), turn(choice="/greet"), turn(choice="greet{}"),
        turn(choice=f"no_such_intent:{CANARY}=1"), turn(choice="greet:no_slot=1"),
        turn(choice="session_start"), turn(choice="greet:language="),
    ],
)  # fmt: skip
def test_what_is_not_a_turn_is_refused_without_quoting_it(door, body):
    status, answer = door.post("/turns", body)
    assert status == 400
    assert answer["error"] == "malformed"
    assert CANARY not in str(answer)


@pytest.mark.parametrize(
    "body",
    [{}, {"version": 1}, {"version": 1, "messages": "x"}, {"version": 1, "messages": [{"id": 1}]},
     {"version": 1, "messages": [{"id": 1, "text": None}]}, batch(*["a"] * (MOST_MESSAGES + 1))],
)  # fmt: skip
def test_what_is_not_a_batch_is_refused(door, body):
    assert door.post("/parse", body)[0] == 400


def test_a_body_that_is_too_large_is_refused(door):
    try:
        status, _ = door.post("/turns", b"x" * (LARGEST_BODY + 10_000))
    except (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected):
        return  # the server closed the connection while we were still sending
    assert status == 413


def test_other_paths_and_methods_tell_nothing(door):
    assert door.get("/model")[0] == 404
    assert door.get("/turns")[0] == 405
    assert door.get("/conversations/c1/tracker")[0] == 404
    assert door.get("/webhooks/rest/webhook")[0] == 404


@pytest.mark.parametrize(
    "text",
    ["/restart", " /restart", "\u00a0/restart", "\x1c/session_start", "/", "//", "/ /back",
     '/inform{"country": "GR"}', "/inform{", "@greet", "\u200b/restart", "/affirm"],
)  # fmt: skip
def test_a_person_cannot_type_a_command(door, text):
    slots = {"status": "refugee", "language": "es"}
    status, body = door.post("/turns", turn(text, **slots))
    assert status == 200
    assert body["says"]
    assert body["state"]["slots"]["status"] == "refugee"
    assert "country" not in body["state"]["slots"]


def test_answers_come_in_the_order_of_the_questions(door):
    texts = ["hola", "quiero morir", "where is a shelter in Athens?", "", "😀", "asdf qwer"]
    status, body = door.post("/parse", batch(*texts))
    assert status == 200
    assert [result["id"] for result in body["results"]] == list(range(len(texts)))
    assert body["results"][0]["intent"] == "greet"
    assert body["results"][1]["risk"] == "suicide_selfharm"
    assert body["results"][1]["urgency"] == "now"
    assert body["results"][2]["entities"]["country"] == "GR"
    for result in body["results"]:
        assert result.keys() == {
            "id", "language", "intent", "confidence", "alternatives", "risk", "urgency", "entities",
        }  # fmt: skip


def test_a_message_is_parsed_as_it_would_be_alone(door):
    texts = ["hola", "cuánto cuesta el doctor", "me duele el pecho"]
    together = door.post("/parse", batch(*texts))[1]["results"]
    for i, text in enumerate(texts):
        (alone,) = door.post("/parse", batch(text))[1]["results"]
        assert {**alone, "id": i} == together[i]


def test_a_turn_is_answered_while_a_batch_is_parsed(door):
    big = batch(*["necesito un doctor en Atenas, no tengo papeles"] * MOST_MESSAGES)
    thread = threading.Thread(target=door.post, args=("/parse", big))
    thread.start()
    time.sleep(0.05)
    began = time.monotonic()
    assert door.post("/turns", turn("hola"))[0] == 200
    assert time.monotonic() - began < 1
    thread.join()


def test_explain_says_why(door):
    status, body = door.post("/explain", {"version": 1, "text": "estoy embarazada en Grecia"})
    assert status == 200
    assert {"language", "concepts", "guesses", "why", "entities", "safeguarding"} <= body.keys()
    assert body["language_words"]["embarazada"][0]["language"] == "es"
    assert {"alarm", "found", "left_aside"} <= body["safeguarding"].keys()


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "a\x00b\u202ec",
        "😀" * 500,
        "مرحبا",
        "\ud83d",
        " ",
        "\n\n",
        "1" * 300,
        "-" * 3000,
    ],
)
def test_strange_texts_are_answered(door, text):
    status, body = door.post("/turns", turn(text))
    assert status == 200
    assert body["says"]


def test_no_word_of_anybody_was_printed(door):
    for body in (turn(CANARY), {**turn(CANARY), "extra": 1}, turn(choice=CANARY)):
        door.post("/turns", body)
    door.post("/parse", batch(CANARY, f"/{CANARY}"))
    door.post("/parse", CANARY.encode())
    door.post("/explain", {"version": 1, "text": CANARY})
    time.sleep(0.2)
    printed = door.printed.read_text("utf-8")
    for word in CANARY.split()[:2]:
        assert word not in printed
    assert printed.count("\n") <= 3
