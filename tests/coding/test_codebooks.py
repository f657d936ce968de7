"""Event types of a user's own, from a few examples of each."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

import standoff
from standoff.coding import codebooks
from standoff.errors import InvalidCodebookError
from standoff.language import load, model

TRUCE = Path(__file__).parent / "data" / "truce.toml"


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("codebook") / "truce.codebook"
    codebooks.train(codebooks.written(TRUCE), load(), model.shared()).save(path)
    return path


def codes(path: Path, text: str) -> set[str]:
    record = standoff.Reader(codebooks=[path]).read(text)
    return {code.type for event in record.events for code in event.codes}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkish gunners bombarded Syrian villages on Friday.", {"VIOLATION"}),
        ("Armenian soldiers ambushed an Azerbaijani convoy.", {"VIOLATION"}),
        ("Ethiopia handed over twelve prisoners to Eritrea.", {"EXCHANGE"}),
        ("Israel freed five Lebanese captives.", {"EXCHANGE"}),
        ("Chile condemned Bolivia on Friday.", set()),
        ("Egypt held talks with Sudan in Geneva.", set()),
    ],
)
def test_words_have_the_types_of_their_examples(
    learnt: Path, text: str, expected: set[str]
) -> None:
    assert codes(learnt, text) == expected


def test_it_knows_how_good_it_is_and_what_its_types_mean(learnt: Path) -> None:
    found = codebooks.load(learnt, model.shared())
    assert found.name == "truce"
    assert set(found.definitions) == {"VIOLATION", "EXCHANGE"}
    assert found.accuracy is not None
    assert found.accuracy > 0.7


def test_without_a_codebook_there_are_no_codes() -> None:
    record = standoff.read("Turkish gunners bombarded Syrian villages on Friday.")
    assert [event.codes for event in record.events] == [()]


def changed(tmp_path: Path, old: str, new: str) -> Path:
    path = tmp_path / "broken.toml"
    text = TRUCE.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[types.VIOLATION]", "[types.VIOLATION", "not TOML"),
        ("*shelled*", "shelled", "types.VIOLATION, example 1: mark one word"),
        ("*shelled*", "*shelled* *again*", "mark one word"),
        ('definition = "A party', 'meaning = "A party', "types.VIOLATION has no definition"),
        ("[types.EXCHANGE]", "[types.NONE]", "put these under"),
    ],
)
def test_what_is_wrong_with_a_written_codebook_is_said(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = changed(tmp_path, old, new)
    with pytest.raises(InvalidCodebookError, match=message) as raised:
        codebooks.written(path)
    assert raised.value.name == str(path)


def test_a_codebook_without_types_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.toml"
    path.write_text('name = "truce"\n', "utf-8")
    with pytest.raises(InvalidCodebookError, match="no types"):
        codebooks.written(path)


def test_too_few_examples_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "few.toml"
    path.write_text('[types.A]\ndefinition = "a"\nexamples = ["He *left*."]\n', "utf-8")
    with pytest.raises(InvalidCodebookError, match="1 examples; it wants at least 10"):
        codebooks.written(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"no codebook at all"])
def test_a_file_that_is_no_codebook_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.codebook"
    path.write_bytes(content)
    with pytest.raises(InvalidCodebookError, match=r"x\.codebook"):
        standoff.Reader(codebooks=[path])


def test_a_codebook_of_other_weights_is_refused(learnt: Path, tmp_path: Path) -> None:
    shared = model.shared()
    other = attrs.evolve(shared, info=attrs.evolve(shared.info, sha256="0" * 64))
    with pytest.raises(InvalidCodebookError, match="other weights"):
        codebooks.load(learnt, other)
