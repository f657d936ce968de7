"""Users' own actors: read from files, put before the tables, gone afterwards."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

import standoff
from standoff import actors
from standoff.actors import own, petrarch, tables
from standoff.errors import InvalidActorsError

NLP = spacy.blank("en")

TOML = """
[[actor]]
id = "ATL.REB.TIDE"
name = "Tide Front"
also = ["Front of the Tide"]
kind = "armed group"

[[actor]]
id = "PER.GOV.ROSA_QUISPE"
name = "Rosa Quispe"
gender = "f"
offices = ["foreign minister 2030-01-01/2031-01-01"]

[[actor]]
id = "MEDIA.CNN"
name = "Cable News"
also = ["CNN"]
"""


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def _found(text: str) -> set[str]:
    return {mention.actor for mention in actors.find(NLP(text)).mentions}


def test_own_actors_are_found_while_they_are_used(tmp_path: Path) -> None:
    mine = own.load([_write(tmp_path, "mine.toml", TOML)])
    with tables.using(mine):
        assert "ATL.REB.TIDE" in _found("The Front of the Tide attacked.")
        assert actors.named("rosa quispe")[0].id == "PER.GOV.ROSA_QUISPE"
        assert tables.bodies()["MEDIA.CNN"].name == "Cable News"
    assert "ATL.REB.TIDE" not in _found("The Front of the Tide attacked.")
    assert tables.bodies()["MEDIA.CNN"].name == "CNN"


def test_a_reader_reads_with_them(tmp_path: Path) -> None:
    reader = standoff.Reader(actors=[_write(tmp_path, "mine.toml", TOML)])
    record = reader.read("The Tide Front attacked Peru on Monday.", date="2018-11-09")
    assert "ATL.REB.TIDE" in {actor.id for actor in record.actors}


def test_a_table_of_commas_says_the_same(tmp_path: Path) -> None:
    text = "id,name,also,kind\nATL.REB.TIDE,Tide Front,Front of the Tide|TF-9,armed group\n"
    (body,) = own.load([_write(tmp_path, "mine.csv", text)]).bodies
    assert body.also == ("Front of the Tide", "TF-9")
    assert body.sectors == ("REB",)
    assert body.country is None


def test_a_dictionary_of_petrarch_moves_over(tmp_path: Path) -> None:
    text = (
        "# made up for this test\n"
        "TIDE_FRONT_ [PERREB]\n"
        "+FRONT_OF_THE_TIDE_\n"
        "ROSA_QUISPE_\n"
        "     [PERELI <20300101]\n"
        "     [PERGOV 20300101-20310101]\n"
        "HARBOUR_UNION_ [ROMLAB] ; a country that CAMEO writes otherwise\n"
    )
    mine = own.load([_write(tmp_path, "old.actors", text)])
    assert [body.id for body in mine.bodies] == ["PER.REB.TIDE_FRONT", "ROU.LAB.HARBOUR_UNION"]
    assert mine.bodies[0].also == ("Front of the Tide",)
    (person,) = mine.people
    assert person.id == "PER.GOV.ROSA_QUISPE"
    assert person.terms[-1].covers(datetime.date(2030, 6, 1))


def test_words_of_petrarch_for_kinds_of_people_move_over(tmp_path: Path) -> None:
    text = "TIDESMAN_ {TIDESMEN_} [~UAF]\nBEACONEER_ [~MIL] # made up\nNOBODY_ [~XYZ]\n"
    mine = own.load([_write(tmp_path, "old.agents", text)])
    assert [(word, office.sector, plural) for word, office, plural in mine.words] == [
        ("tidesman", "REB", False),
        ("tidesmen", "REB", True),
        ("beaconeer", "MIL", False),
        ("beaconeers", "MIL", True),
    ]
    with tables.using(mine):
        assert "PER.REB" in _found("Peruvian tidesmen attacked the port.")
    assert "PER.REB" not in _found("Peruvian tidesmen attacked the port.")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.toml", "[[actor]]\nid = 'x'\nname = 'X'", "actor 1"),
        ("a.toml", "[[actor]]\nid = 'PER.GOV.X'", "name"),
        ("a.toml", "actor = 3", "[[actor]]"),
        ("a.toml", "actor = ", "TOML"),
        ("a.toml", "[[actor]]\nid = 'PER.X'\nname = 'X'\nnick = 'Y'", "nick"),
        ("a.toml", "[[actor]]\nid = 'PER.X'\nname = 'X Y'\noffices = ['wizard 2001/']", "wizard"),
        ("a.csv", "id,name\nPER.X,\n", "line 2"),
        ("a.docx", "", ".docx"),
    ],
)
def test_what_is_no_actor_is_named_with_its_place(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    with pytest.raises(InvalidActorsError, match=r"a\.") as caught:
        own.load([_write(tmp_path, name, text)])
    assert said in str(caught.value)


def test_a_file_that_is_missing_or_binary_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidActorsError):
        own.load([tmp_path / "none.toml"])
    path = tmp_path / "bytes.toml"
    path.write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(InvalidActorsError):
        own.load([path])


@given(st.text())
def test_any_text_is_a_dictionary_or_none(text: str) -> None:
    for _, row in petrarch.actors(text):
        assert row["name"] is not None
