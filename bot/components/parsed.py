"""Names under which components leave their findings in Rasa's messages."""

from __future__ import annotations

LANGUAGE = "language"  # Identified
WORDS = "words"  # list[Word]
CONCEPTS = "concepts"  # list[Hit]
GUESSES = "guesses"  # list[Guess]
FINDING = "finding"  # Finding: entities of bot.understanding.entities
ALARM = "alarm"  # probability of any danger, from the classifier
RISK = "risk"  # Risk | None
KNOWN = "known"  # whether anything in it was ever seen in training

EVERYDAY = "everyday"  # metadata of training messages that teach no intent, only what is no danger
