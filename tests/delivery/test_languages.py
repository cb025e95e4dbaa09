"""A hint of any form leads to one of our languages, or to none."""

from __future__ import annotations

import pytest

from delivery.languages import Languages

OURS = Languages(("es", "en", "ar", "pt", "zh-Hant"))


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("es", "es"),
        ("es-SV", "es"),
        ("es-419", "es"),
        ("ES_sv", "es"),
        ("pt-br", "pt"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh-Hans", None),
        ("xx", None),
        ("esperanto", None),
        ("", None),
        (None, None),
    ],
)
def test_a_tag_means_the_nearest_language_of_ours(tag, language):
    assert OURS.meant_by(tag) == language


@pytest.mark.parametrize(
    ("country", "language"),
    [
        ("SV", "es"),
        ("US", "en"),
        ("EG", "ar"),
        ("GR", None),
        ("ZZ", None),
        ("001", None),
        (None, None),
    ],
)
def test_a_number_begins_in_the_language_of_its_country(country, language):
    assert OURS.of_country(country) == language


def test_the_channels_own_hint_comes_before_the_country():
    assert OURS.hinted("en-GB", "SV") == "en"
    assert OURS.hinted("ti", "SV") == "es"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("βοήθεια", "el"),
        ("хелп ok", "uk"),
        ("مساعدة", "ar"),
        ("ሓገዝ", None),
        ("help", None),
        ("12 🙏", None),
        ("", None),
    ],
)
def test_a_script_means_the_first_of_our_languages_that_is_written_in_it(text, language):
    ours = Languages(
        ("es", "ar", "fa", "uk", "ru", "el"),
        {"es": "Latn", "ar": "Arab", "fa": "Arab", "uk": "Cyrl", "ru": "Cyrl", "el": "Grek"},
    )
    assert ours.of_script(text) == language
