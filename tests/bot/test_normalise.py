import pytest

from wire.normalise import fold, normalise, words


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("¿Dónde está  el DOCTOR?", "donde esta el doctor"),
        ("I don’t know", "i dont know"),
        ("أَنَا خَائِفَة", "انا خايفه"),
        ("می‌خواهم ۲۳", "مي خواهم 23"),
        ("كِتَـــاب الله", "كتاب الله"),
        ("میں ٹھیک ہوں", "مين ٹهيك هون"),
        ("ሐኪም ዓይኒ ፀሓይ ፫ ፲", "ሀኪም አይኒ ጸሀይ 3 10"),
        ("বাঁচাও ৫", "বাচাও 5"),
        ("Ελλάδα της Αθήνας", "ελλαδα τησ αθηνασ"),
        ("Ґанок, її мой ёлка", "ганок іі мои елка"),
        ("IŞIK ığdır", "isik igdir"),
        ("İstanbul", "istanbul"),
        ("Łódź", "lodz"),
        ("ሰላም።", "ሰላም"),
        ("मुझे डर", "मुझे डर"),
        ("a\u202eb\x00c", "abc"),
        ("٢", "2"),
        ("😀", ""),
        ("", ""),
    ],
)
def test_what_people_write_becomes_comparable(written, expected):
    assert normalise(written) == expected


def test_normalising_twice_changes_nothing():
    for text in ["Straße", "ǅ", "Ünïcödé", "İ", "ﬁ", "½"]:
        assert normalise(normalise(text)) == normalise(text)


def test_punctuation_only_separates_words():
    assert words("no,quiero... (ir)") == ["no", "quiero", "ir"]


def test_a_line_break_is_kept_for_those_who_look_for_the_end_of_a_clause():
    assert fold("a\r\nb\tc") == "a\n\nb c"
