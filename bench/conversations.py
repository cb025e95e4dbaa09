"""What the people of the load say: the same words, in the same order, to both sides.

Text only: a pressed button would skip the understanding on one side. Each conversation is short,
so that stock Rasa's growing history weighs little; the long conversation is measured apart.
"""

from __future__ import annotations

# The small bot understands these, and the internal intents that every rule file has.
SMALL_INTENTS = (
    "greet",
    "goodbye",
    "thanks",
    "menu_help",
    "rights_care",
    "find_service",
    "violence_now",
)
INTERNAL_INTENTS = ("gibberish", "inform", "more", "decline", "not_that", "unsure", "helpline")
SMALL_EXAMPLES = 12  # messages an intent and language

_SMALL = (
    ("hola", "puedo ir al doctor si no tengo papeles", "Grecia", "solicitante de asilo", "gracias"),
    ("hello", "can I see a doctor without papers", "Spain", "refugee", "thank you", "bye"),
    ("busco un psicólogo", "Atenas", "gracias", "adiós"),
    ("hi", "where can I find a shelter", "Athens", "thanks", "menu"),
    ("ayuda", "what are my rights", "Italy", "undocumented", "help", "goodbye"),
    ("buenas", "a man is hitting me right now", "España", "gracias", "menú"),
)
_REAL = (
    *_SMALL,
    ("soy solicitante de asilo en Grecia, ¿el doctor es gratis?", "gracias", "qué más hay"),
    ("where can I talk to a psychologist in Athens?", "I cannot sleep since I came", "thanks"),
    ("I am pregnant and I have no papers", "Germany", "undocumented", "how much does it cost"),
    ("tengo miedo de que me manden de vuelta", "El Salvador", "me siento muy sola", "adiós"),
    ("my husband beats me when he drinks", "Malta", "I need a lawyer", "is it private"),
    ("no tengo donde dormir esta noche", "Tapachula", "y algo de comer", "quiero trabajar"),
)
SCRIPTS = {"small": _SMALL, "real": _REAL}
# Five turns again and again: turn 5, 10, ... 5,000 are the same word at the same place.
LONG = (
    "hola",
    "puedo ir al doctor si no tengo papeles",
    "Grecia",
    "solicitante de asilo",
    "gracias",
)
