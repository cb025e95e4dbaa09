"""More than thirty faults, by the part of the check that finds them."""

from __future__ import annotations

from seeded import Seed, add, change, recorded, without_message, worded

COUNTRY = "CY"
TRAINED = "sw"
FEW = "data/messages/es.po"
THANKS = "thanks.reply"
REPLY = "Con mucho gusto. ¿Quiere que busque algo más?"
HARD = "Consideraciones administrativas extraordinariamente complicadas. "
CARD, PRACTICE = "data/myths/hospital_police.yml", "data/practices/canada_arts.yml"
TRIAGE, SAYS = "data/triage/layers.yml", "data/messages/says.yml"
RIGHTS, LINES = f"data/packs/{COUNTRY}/rights.yml", f"data/packs/{COUNTRY}/helplines.yml"
PLACES = f"data/packs/{COUNTRY}/services.yml"
HEARD, LEARNT = "data/recordings/es.yml", f"data/nlu/{TRAINED}/danger.yml"
RECORDED = "{file: es/again.ogg, voice: Amal, recorded: 2026-12-01, wording: 000000000000}"
NEVER_READ = """\
  - name: too_late
    need: [talk]
    for_whom: any
    days: any
    wish: [nothing]
    layer: basic_psychosocial
    neighbour: psychological_support
    practical: legal_aid
    reason: Another row says so before.
    documents: [FOCUS Policy Brief]"""


def _worded(name: str, text: str, problem: str, message: str = THANKS) -> Seed:
    return Seed(name, "messages", FEW, worded(message, text), problem, slack=3)


MESSAGES = (
    Seed("missing", "messages", FEW, without_message(THANKS), f"{THANKS} has no wording in es"),
    Seed("outdated", "messages", FEW, change("You are welcome", "You were", THANKS),
         f"{THANKS} is outdated", slack=3),
    _worded("empty", "", f"{THANKS} has an empty wording"),
    Seed("fuzzy", "messages", FEW, change(f'msgctxt "{THANKS}"', f'#, fuzzy\nmsgctxt "{THANKS}"'),
         f"{THANKS} is marked fuzzy", slack=5),
    _worded("another placeholder", "¿En qué ciudad de {contry}?", "ask.city: the placeholders are",
            "ask.city"),
    _worded("a brace that is not closed", "{country: ¿en qué ciudad?", "ask.city: a brace is not",
            "ask.city"),
    _worded("too long", "Con mucho gusto. " * 20, f"{THANKS}: 3"),
    _worded("too short", "¿Sí?", f"{THANKS}: 4 characters where the English has"),
    _worded("a sentence too long", "y " * 29 + "ya.", f"{THANKS}: a sentence of 30 words"),
    Seed("hard to read", "messages", FEW, lambda path: worded("waiting.long_waits", HARD * 25)(path)
         and 1, "waiting.*: reading level"),
    _worded("a word that hurts", "Aunque sea ilegal, busque algo más.", f"{THANKS}: 'ilegal' is never"),
    _worded("a word that gives away", "Su pareja lo verá. ¿Algo más?",
            f"{THANKS}: 'pareja' stands in the first"),
    _worded("a letter that doubles an SMS", "Con mucho gusto ✓. ¿Quiere algo más?", "'á✓' doubles the segments"),
    Seed("a choice without a pictogram", "messages", "data/messages/pictograms.yml",
         lambda path: change("care.*: 🩺\n", "")(path) and None,
         "care=primary has no pictogram", SAYS),
    Seed("a say without words", "messages", SAYS, change("says:\n", "says:\n  - weather.today\n"),
         "weather.today has neither a message nor a speaker", slack=1),
    Seed("a choice without a label", "messages", SAYS,
         change("choices:\n", "choices:\n  - find_service:kind=umbrella\n"),
         "find_service:kind=umbrella has no label", slack=1),
)  # fmt: skip
RECORDINGS = (
    Seed("a recording without a row", "recordings", HEARD,
         lambda path: change("danger.again: not yet\n", "")(path) and 1,
         "danger.again has neither a recording nor 'not yet'"),
    Seed("a recording that is not there", "recordings", HEARD,
         recorded(RECORDED.replace("again", "lost")), "danger.again: there is no such recording"),
    Seed("a recording of another wording", "recordings", HEARD, recorded(RECORDED),
         "danger.again: is of another wording"),
)  # fmt: skip
CARDS = (
    Seed("a myth without a source", "cards", CARD,
         change("title: 'Rosengrenska: information for patients'", "title: ''"),
         "a source has a title and a date", slack=1),
    Seed("a myth with an unknown concept", "cards", CARD,
         change("[HOSPITAL, POLICE]", "[HOSPITAL, ARMY]"), "ARMY is no concept"),
    Seed("a myth with an unknown fact", "cards", CARD, change("se-r08", "se-r99"),
         "se-r99 stands in no pack"),
    Seed("a practice without limits", "cards", "data/messages/en.po",
         without_message("practice.canada_arts.limits"),
         "practice.canada_arts.limits has no wording", PRACTICE),
    Seed("a line of origin with an unknown number", "cards", "data/borders/origin-lines.yml",
         change("sv-h03", "sv-h99"), "sv-h99 is no line of SV"),
)  # fmt: skip
TABLES = (
    Seed("a row with an unknown layer", "triage", TRIAGE,
         change("layer: protection", "layer: paradise", "name: not_safe"),
         "not_safe: paradise is no layer", slack=6),
    Seed("a row that is never reached", "triage", TRIAGE, add(NEVER_READ), "too_late: rows above it",
         slack=9),
    Seed("a table that does not end", "triage", TRIAGE,
         lambda path: change("need: any", "need: [talk]", "name: everybody")(path) and None,
         "no row fits"),
)  # fmt: skip
PACK = (
    Seed("an unknown code", "packs", RIGHTS, change("steps: [", "steps: [cy_fly_home, "),
         "steps: step.cy_fly_home has no wording"),
    Seed("a fact whose code lost its message", "packs", FEW, without_message("step.cy_show_letter"),
         "steps: step.cy_show_letter has no wording", RIGHTS),
    Seed("a day that does not exist", "packs", RIGHTS,
         change("valid_until: null", "valid_until: '2026-02-31'"), "valid_until: no such day"),
    Seed("a check on a day that does not exist", "packs", PLACES,
         change("verified: never", "verified: '2026-06-31'"), "verified: no such day"),
    Seed("a number that is not E.164", "packs", PLACES,
         change("e164: '+35722103234'", "e164: '22103234'"), "phones.e164: "),
    Seed("a number that is too long", "packs", PLACES,
         change("e164: '+35722103234'", "e164: '+357221032341111'"), "phones: e164 is not a possible"),
    Seed("a fact without a source", "packs", RIGHTS, change("  source:\n", "  sources:\n"),
         "'source' is a required property", slack=30),
    Seed("an unknown city", "packs", PLACES, change("city: Nicosia", "city: Atlantis"),
         "places: Atlantis is no known town"),
    Seed("a shelter without a way in", "packs", PLACES,
         change("  way_in: []\n", "", "- id: cy-s06"), "'way_in' is a required property", slack=40),
)  # fmt: skip
TRAINING = (
    Seed("a message that is learnt twice", "training", LEARNT, add("    - nataka kufa"),
         "the same as danger.yml:"),
    Seed("a message in another script", "training", LEARNT, add("    - я хочу умереть сегодня"),
         "is in Cyrl"),
)  # fmt: skip
SEEDS = (*MESSAGES, *RECORDINGS, *CARDS, *TABLES, *PACK, *TRAINING)
