"""Bytes: encodings, what is not text, which language."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff import documents
from standoff.errors import (
    EmptyDocumentError,
    InputError,
    LanguageError,
    NotTextError,
    StandoffError,
)

TEXT = (
    "“We are ready,” the minister of Ruritania said on Monday – “if they are.” The café of the"
    " ministry, where he met reporters, was full. The talks with Borduria would be resumed,"
    " he added, by the end of the month, and the crossing at Klow would be opened.\r\n"
)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("cp1252"),
    ],
    ids=[
        "utf-8",
        "utf-8-bom",
        "utf-16",
        "utf-16-be-bom",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "cp1252",
    ],
)
def test_encodings_are_found_out(data: bytes) -> None:
    assert documents.from_bytes(data, name="report.txt").text == TEXT


def test_an_encoding_that_is_given_overrules() -> None:
    data = TEXT.replace("“", '"').replace("”", '"').replace("–", "-").encode("cp850")
    document = documents.from_bytes(data, name="report.txt", encoding="cp850")
    assert "café" in document.text


def test_bytes_that_are_not_in_the_given_encoding_are_refused() -> None:
    with pytest.raises(NotTextError, match="utf-8"):
        documents.from_bytes(TEXT.encode("cp1252"), name="report.txt", encoding="utf-8")


@pytest.mark.parametrize("encoding", ["klingon", "base64", "", "a\x00b"])
def test_an_unknown_encoding_is_named(encoding: str) -> None:
    with pytest.raises(InputError, match="no text encoding"):
        documents.from_bytes(TEXT.encode(), name="report.txt", encoding=encoding)


def test_utf8_that_is_cut_in_a_character_stays_utf8() -> None:
    data = TEXT.encode()[:-2] + "é".encode()[:1]
    assert documents.from_bytes(data, name="report.txt").text.startswith("“We are ready,”")


def test_a_few_stray_zero_bytes_stay_where_they_are() -> None:
    text = TEXT.replace("café", "ca\x00fé")
    assert documents.from_bytes(text.encode(), name="report.txt").text == text


def test_a_cyrillic_encoding_is_recognized_and_its_language_named() -> None:
    text = (
        "Министр иностранных дел заявил в понедельник, что переговоры будут возобновлены до"
        " конца месяца. Он не назвал точной даты следующей встречи и отказался отвечать на"
        " вопросы журналистов о закрытии границы. "
    )
    for encoding in ("utf-8", "cp1251"):
        with pytest.raises(LanguageError, match=r"Russian|Bulgarian"):
            documents.from_bytes((text * 3).encode(encoding), name="report.txt")


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Office"),
        (b"{\\rtf1\\ansi ", "RTF"),
        (b"GIF89a\x01\x00", "GIF"),
        (b"MZ\x90\x00\x03", "program"),
        (b"\x00\x00\x00\x18ftypmp42", "film"),
        (b"\x00\x01\x02\x03", "binary"),
    ],
)
def test_binary_is_refused_and_named(start: bytes, what: str) -> None:
    with pytest.raises(NotTextError, match=what) as caught:
        documents.from_bytes(start + bytes(range(32)) * 8, name="report")
    assert caught.value.name == "report"


def test_a_text_may_begin_like_a_binary_file() -> None:
    assert documents.from_bytes(b"MZ-9 is the name of the tank.", name="a.txt").text[:2] == "MZ"


def test_no_bytes_are_no_document() -> None:
    with pytest.raises(EmptyDocumentError):
        documents.from_bytes(b"", name="report.txt")


def test_other_xml_is_refused() -> None:
    with pytest.raises(NotTextError, match="XML"):
        documents.from_bytes(b'<?xml version="1.0"?><orders><order/></orders>', name="a.xml")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Der Außenminister erklärte am Montag, die Gespräche mit dem Nachbarland würden bis"
            " zum Ende des Monats wieder aufgenommen. Einen Termin für die nächste Runde nannte"
            " er nicht. Die Grenze bleibt vorerst geschlossen, sagte er vor Journalisten.",
            "German",
        ),
        (
            "Le ministre des affaires étrangères a déclaré lundi que les pourparlers avec le pays"
            " voisin reprendraient avant la fin du mois. Il n'a pas donné de date pour la"
            " prochaine rencontre, et la frontière reste fermée pour le moment.",
            "French",
        ),
        (
            "El ministro de Asuntos Exteriores dijo el lunes que las conversaciones con el país"
            " vecino se reanudarán antes de fin de mes. No dio ninguna fecha para la próxima"
            " reunión, y la frontera permanece cerrada por el momento.",
            "Spanish",
        ),
        (
            "外交部长星期一表示,与邻国的会谈将在月底前恢复。他没有说明下一轮会谈的日期。"
            "边界目前仍然关闭,他在首都对记者说。双方已经三次会晤。",
            "Chinese",
        ),
    ],
)
def test_another_language_is_named(text: str, language: str) -> None:
    with pytest.raises(LanguageError, match=f"{language}.*only English"):
        documents.from_text(text, name="report")


def test_a_short_text_passes_undecided() -> None:
    document = documents.from_text("Der Außenminister erklärte am Montag nichts.")
    assert document.language is None


def test_a_text_with_an_english_part_passes() -> None:
    german = "Der Außenminister erklärte am Montag, die Gespräche würden wieder aufgenommen. " * 4
    assert documents.from_text(german + TEXT * 4).language == "en"


def test_a_list_of_names_passes() -> None:
    names = "Rudolf Rassendyll, Fritz von Tarlenheim, Colonel Sapt, Duke Michael, Princess Flavia, "
    assert documents.from_text(names * 5).language is None


def test_capitals_are_english_too() -> None:
    assert documents.from_text(TEXT.upper()).language == "en"


@given(st.binary(max_size=400))
def test_any_bytes_are_a_document_or_an_input_error(data: bytes) -> None:
    try:
        document = documents.from_bytes(data, name="report")
    except InputError:
        return
    assert document.text.strip()


@given(st.text(min_size=1), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_what_was_written_is_read(text: str, encoding: str) -> None:
    text = TEXT + text
    try:
        document = documents.from_bytes(text.encode(encoding, "ignore"), name="report.txt")
    except StandoffError:
        return
    assert document.text == text.encode(encoding, "ignore").decode(encoding)
