"""Every number that decides between one meaning and another, measured on held-back messages."""

from __future__ import annotations

HIGH = 0.50  # calibrated confidence from which an intent is taken at its word
SURE_TO_ACT = 0.93  # below it, what would end our messages for good is offered and not done
LOW = 0.15  # below it nothing is offered; the menu answers
ALTERNATIVES = 3  # intents offered between the two

# Danger is tuned for recall: a wrong guess costs one "no, I meant something else". Logarithms of
# odds: the classifier's probability of the seven together, the alarm, a phrase, a denied phrase.
ALARM_COUNTS = 0.75
PHRASE_COUNTS = 3.5
FOREIGN_PHRASE_COUNTS = 0.5  # of another language than the message is in
DENIAL_COUNTS = 3.0
DANGER = -1.6  # from here on a message speaks of danger
SURE_OF_DANGER = 0.4  # probability that decides between two dangers before their phrases do

SURE_OF_MORE = (
    0.9  # probability from which a few words after a danger are a new one, without phrase
)
SHORT_ANSWER = 6  # words; an answer to what was asked is hardly ever longer
SURE_OF_ANOTHER = 0.75  # from here a long message is a new question, not an answer

SWITCH_LANGUAGE = 0.80  # probability from which a running conversation changes its language
SURE_LANGUAGE = 0.60  # below it the language of a first message is not known
SURE_BY_ONE_WORD = 0.85  # share of one language in a word's uses: "hospital" is of two
LIKELY_LANGUAGE = 0.70  # of a first message: a greeting in it costs less than a list of languages
