"""What a store holds after records were added: documents, publications, near copies, actors."""

from __future__ import annotations

import datetime
import zlib
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings

from standoff.documents import duplicates
from standoff.errors import InvalidRecordError, UnknownIdError
from standoff.record import (
    Actor,
    Attribution,
    Code,
    Condition,
    Document,
    Event,
    Place,
    Quantity,
    Record,
    Span,
    Statement,
)
from standoff.store import Filter, Publication, Store
from standoff.store.model import Telling, Tie
from tests.record.test_record_json import records
from tests.store.conftest import run
from tests.store.reports import MODEL, many, report, talks, told

LONG = (
    "Lighthouse keepers on both shores of the strait have been told to write down every trawler "
    "that passes at night. The order came after fishermen from the northern shore complained that "
    "crews from the south had cut nets in three bays. Talks between the two fishing ministers are "
    "to begin in Hull on Thursday, and neither of them wants to arrive with empty hands."
)
OTHER = (
    "A ferry that had lain in Busan since the storm left port on Tuesday with two hundred "
    "passengers. The company said that its pumps had been repaired and that a second ship would "
    "follow at the end of the month, once inspectors from the ministry have been on board and the "
    "crew has been paid for the six weeks that it spent waiting in the harbour."
)
EDITED = LONG.replace("three bays", "two bays").replace("on Thursday", "on Friday")


def only(store: Store) -> str:
    """Return the id of the only document."""
    (document,) = (record.document.id for record in store.records())
    return document


def test_what_is_added_twice_is_there_once(store: Store) -> None:
    reports = many(12)
    first = [store.add(record) for record in reports]
    digest = store.digest()

    second = [store.add(record) for record in reports]

    assert first == ["added"] * 12
    assert second == ["nothing new"] * 12
    assert store.digest() == digest
    assert store.status().documents == store.status().publications == 12
    assert store.problems() == []


def test_status_counts(store: Store) -> None:
    store.add(report(LONG, published="2019-03-02", publisher="Harbour Post"))
    store.add(report(EDITED, published="2019-03-04", publisher="The Fathom"))
    store.add(
        attrs.evolve(
            report("Japan met Korea.", talks("met", "JPN KOR"), told("AID", "Korea", "JPN")),
            model=None,
        )
    )

    held = store.status()

    assert (held.documents, held.copies, held.publications) == (3, 1, 3)
    assert (held.accounts, held.events, held.actors) == (2, 2, 2)
    assert (held.decisions, held.reviewed, held.rejected) == (0, 0, 0)
    assert (held.first, held.last) == (datetime.date(2019, 3, 2), datetime.date(2019, 3, 4))
    assert held.models == {f"by-hand 1.0 {'0' * 64}": 2, "unknown": 1}


def test_an_empty_store_has_nothing(store: Store) -> None:
    held = store.status()

    assert (held.documents, held.accounts, held.first, held.models) == (0, 0, None, {})
    assert [*store.records(), *store.accounts(Filter()), *store.problems()] == []
    assert store.page(Filter(parties=("JPN", "KOR"))).accounts == ()


def test_same_text_elsewhere_is_another_publication(store: Store) -> None:
    first = report(LONG, published="2019-03-02", publisher="Harbour Post", title="Keepers watch")
    again = report(LONG, published="2019-03-05", publisher="The Fathom", url="https://f.example/1")

    outcomes = [store.add(record) for record in (first, again, again, report(LONG))]

    assert outcomes == ["added", "another publication", "nothing new", "nothing new"]
    held = store.document(only(store))
    assert held.document == first.document
    assert held.publications == (
        Publication("Keepers watch", datetime.date(2019, 3, 2), None, "Harbour Post"),
        Publication(None, datetime.date(2019, 3, 5), "https://f.example/1", "The Fathom"),
    )
    assert (held.copy_of, held.model, held.accounts) == (None, MODEL, 0)


def test_publish_notes_only_what_is_there(store: Store) -> None:
    document = Document(LONG, publisher="The Fathom")

    assert store.publish(document) is None
    store.add(report(LONG, publisher="Harbour Post"))
    assert store.publish(document) == "another publication"
    assert store.publish(document) == "nothing new"
    assert store.status().publications == 2


def test_near_copy_points_to_the_oldest(store: Store) -> None:
    copy_of_copy = EDITED + " The harbour office did not answer the telephone."
    for text in (LONG, OTHER, EDITED, copy_of_copy):
        store.add(report(text))

    held = [store.document(Document(text).id).copy_of for text in (LONG, OTHER, EDITED)]

    assert held == [None, None, Document(LONG).id]
    assert store.document(Document(copy_of_copy).id).copy_of == Document(LONG).id
    assert store.status().copies == 2


#: Pieces of news; a window of four of them is a near copy of the next one, not of the one after.
DRIFT = (
    "Lighthouse keepers on both shores of the strait have been told to write down every trawler "
    "that passes at night by order of the ministry.",
    "The order came after fishermen from the northern shore complained that crews from the south "
    "had cut nets in three bays since the spring.",
    "Talks between the two fishing ministers are to begin in Hull on Thursday and neither of them "
    "wants to arrive there with empty hands.",
    "A ferry that had lain in Busan since the storm left port on Tuesday with two hundred "
    "passengers and a cargo of oranges for the islands.",
    "The company said that its pumps had been repaired and that a second ship would follow once "
    "inspectors from the ministry have been on board.",
    "Divers found the wreck of a whaler in the old harbour and brought up a bell that nobody in "
    "the town had heard for ninety years.",
)


def test_copy_of_a_copy_points_to_the_oldest_that_it_hardly_resembles(memory: Store) -> None:
    oldest, between, newest = (" ".join(DRIFT[k : k + 4]) for k in range(3))
    assert duplicates.is_copy(oldest, between)
    assert duplicates.is_copy(between, newest)
    assert not duplicates.is_copy(oldest, newest)
    for text in (oldest, between, newest):
        memory.add(report(text))

    assert memory.document(Document(between).id).copy_of == Document(oldest).id
    assert memory.document(Document(newest).id).copy_of == Document(oldest).id


def test_copy_is_found_whatever_its_case_and_punctuation(memory: Store) -> None:
    memory.add(report(LONG))
    shouted = LONG.upper().replace(".", "!").replace(",", " –")
    memory.add(report(shouted))

    assert memory.document(Document(shouted).id).copy_of == Document(LONG).id


def test_short_texts_are_no_copies(memory: Store) -> None:
    memory.add(report("Ministers of Japan and South Korea met in Geneva on Monday."))
    memory.add(report("Ministers of Japan and South Korea met in Geneva on Monday!"))

    assert memory.status().copies == 0


def test_copies_are_one_source(memory: Store) -> None:
    def told_by(text: str, publisher: str | None) -> Record:
        event = talks("Talks", "GBR ISL", day="2019-03-07")
        return report(text, event, published="2019-03-04", publisher=publisher)

    lone = "Talks between the two fishing ministers are to begin in Hull on Thursday, they said."
    for text, publisher in [(LONG, "Harbour Post"), (EDITED, "The Fathom"), (lone, "The Fathom")]:
        memory.add(told_by(text, publisher))

    (event,) = memory.events({account.event for account in memory.accounts(Filter())})

    assert len(event.accounts) == 3
    assert [each.outlet for each in event.accounts].count("publisher:harbour post") == 2
    assert event.sources == 2


@pytest.mark.parametrize(
    ("said_by", "publisher", "outlet"),
    [
        ((), " Harbour  POST ", "publisher:harbour post"),
        ((Attribution("ISL.GOV", via="MEDIA.NORTH_WIRE"),), "Harbour Post", "MEDIA.NORTH_WIRE"),
        ((Attribution("ISL.GOV"), Attribution("MEDIA.BELL")), "Harbour Post", "MEDIA.BELL"),
        ((Attribution("ISL", via="MEDIA.BELL"), Attribution("MEDIA.X")), None, "MEDIA.X"),
        ((Attribution("ISL.GOV"),), "Harbour Post", "publisher:harbour post"),
        ((Attribution("ISL.GOV"),), "  ", None),
        ((), None, None),
    ],
)
def test_outlet_is_who_is_named_else_the_publisher_else_the_document(
    memory: Store, said_by: tuple[Attribution, ...], publisher: str | None, outlet: str | None
) -> None:
    memory.add(report("Iceland seized it.", told("COERCE", "seized", "ISL", said_by=said_by),
                     publisher=publisher))  # fmt: skip

    (account,) = memory.accounts(Filter())

    assert account.outlet == (outlet or only(memory))


def test_account_says_all_that_its_event_says(store: Store) -> None:
    text = (
        "🐟 Coast guards of Iceland seized 2 boats near Grimsey if asked. “We did,” they told us."
    )
    event = Event(
        "e7",
        "COERCE",
        Document(text).span(text.index("seized"), text.index("seized") + 6),
        (0, 65),
        ("ISL.GOV.COAST_GUARD",),
        ("GBR",),
        source_spans=(Document(text).span(2, 14), Document(text).span(18, 25)),
        mode="seize",
        contexts=("fishing",),
        cameo="1711",
        quad=4,
        goldstein=-7.0,
        status="actual",
        aspect="begun",
        factuality=0.0,
        place=0,
        said_by=(Attribution("ISL.GOV.COAST_GUARD", "they", "told", "asserts", "MEDIA.BELL"),),
        quantity=(Quantity(Document(text).span(33, 34), 2.0, "boats"),),
        codes=(Code("cod", "SEIZURE", 0.75),),
        mentions=(Document(text).span(70, 76),),
        confidence=0.5,
    )
    spoken = Document(text).span(text.index("We did"), text.index("We did") + 6)
    record = Record(
        Document(text, publisher="The Fathom", title="Boats", url="https://f.example/2"),
        actors=(Actor("ISL.GOV.COAST_GUARD", "Coast guard", "ISL", ("GOV",), "body"),),
        places=(
            Place(Document(text).span(46, 53), "Grimsey", "ISL", "Northeast", 66.5, -18.0, 3415496),
        ),
        events=(attrs.evolve(event, mentions=(event.anchor, spoken)),),
        statements=(
            Statement("s1", "ISL.GOV.COAST_GUARD", None, None, (spoken,), "direct"),
            Statement("s2", "GBR", None, None, (Span(0, 1, text[0]),), "direct"),
        ),
        conditions=(
            Condition("c1", "ISL", "if", event.anchor, Span.of(text, 57, 62), "e7"),
            Condition("c2", "ISL", "if", spoken, event.anchor),
        ),
    )
    store.add(record)

    (account,) = store.accounts(Filter())

    for name in (
        "type", "anchor", "sentence", "source", "target", "mode", "contexts", "cameo", "quad",
        "goldstein", "status", "aspect", "factuality", "said_by", "quantity", "codes",
        "confidence",
    ):  # fmt: skip
        assert getattr(account, name) == getattr(event, name), name
    assert account.sentence_text == text[:65]
    assert account.mentions == (event.anchor, spoken)
    assert (account.source_words, account.target_words) == ("Coast guards; Iceland", None)
    place = ("Grimsey", "ISL", "Northeast", 66.5, -18.0, 3415496)
    fields = ("place", "country", "admin1", "lat", "lon", "geonameid")
    assert tuple(getattr(account, field) for field in fields) == place
    assert (account.document, account.local) == (record.document.id, "e7")
    assert (account.publisher, account.title, account.url) == (
        "The Fathom", "Boats", "https://f.example/2",
    )  # fmt: skip
    assert account.ties == (Tie("if", event.anchor, Span.of(text, 57, 62)),)
    assert account.tellings == (Telling("ISL.GOV.COAST_GUARD", None, None, None, spoken),)
    assert (account.origin, account.review) == ("machine", "open")
    assert store.account(account.id) == account


def unstorable(record: Record) -> bool:
    """Tell whether a record holds a NUL or half a surrogate pair anywhere."""

    def walk(value: object) -> bool:
        if isinstance(value, dict):
            return any(map(walk, value.values()))
        if isinstance(value, list):
            return any(map(walk, value))
        return isinstance(value, str) and any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value)

    return walk(record.to_dict())


def test_records_come_back_as_they_were_and_are_the_same_in_every_database(store: Store) -> None:
    other = Store.create("sqlite://")

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(records())
    def same(record: Record) -> None:
        if unstorable(record):
            digest = store.digest()
            with pytest.raises(InvalidRecordError):
                store.add(record)
            assert store.digest() == digest
            return
        outcome = store.add(record)
        assert other.add(record) == outcome
        if outcome == "added":
            assert store.record(record.document.id) == record
            assert store.document(record.document.id).document == record.document
            assert store.document(record.document.id).accounts == len(record.events)

    same()

    assert store.problems() == []
    with other:
        assert store.digest() == other.digest()


@pytest.mark.parametrize("seed", [21, 22])
def test_the_same_additions_make_the_same_store_in_every_database(store: Store, seed: int) -> None:
    reports = many(30, seed)
    with Store.create("sqlite://") as other:
        for record in reports:
            assert store.add(record) == other.add(record)

        assert store.digest() == other.digest()
        assert store.accounts(Filter()) == other.accounts(Filter())
        assert store.status() == other.status()
        assert store.actors() == other.actors()
        assert list(store.records()) == list(other.records()) == reports


def test_digest_tells_every_difference(store: Store) -> None:
    told_first = report(LONG, talks("Talks", "GBR ISL", day="2019-03-07"), published="2019-03-04")
    told_next = report(OTHER, told("RETREAT", "left", "KOR"), published="2019-03-05")
    digests = {store.digest()}
    for record in (told_first, told_next, report(OTHER, title="Ferry"), report(EDITED)):
        store.add(record)
        digests.add(store.digest())
    assert len(digests) == 5

    for other in (
        report(LONG, talks("Talks", "GBR ISL", day="2019-03-08"), published="2019-03-04"),
        report(LONG, talks("Talks", "GBR", day="2019-03-07"), published="2019-03-04"),
        report(LONG, talks("Talks", "GBR ISL", day="2019-03-07"), published="2019-03-05"),
        report(
            LONG, talks("Talks", "GBR ISL", day="2019-03-07"), published="2019-03-04", title="Night"
        ),
        attrs.evolve(told_first, model=None),
        attrs.evolve(told_first, warnings=("Odd.",)),
    ):
        with Store.create("sqlite://") as changed:
            changed.add(other)
            digests.add(changed.digest())
    assert len(digests) == 11


def test_digest_does_not_depend_on_how_records_are_compressed(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with Store.create(path) as store:
        for record in many(5):
            store.add(record)
        digest = store.digest()
        for key, packed in run(str(path), "SELECT document, json FROM record"):
            other = zlib.compress(zlib.decompress(packed), 1)
            assert other != packed
            run(str(path), f"UPDATE record SET json = x'{other.hex()}' WHERE document = {key}")

        assert store.digest() == digest
        assert store.problems() == []


def test_letters_of_every_plane_keep_their_places(store: Store) -> None:
    text = "🐋🐋 𝒪la of 臺灣 met 李 in Geneva. 🚢 Sana met nobody."
    store.add(report(text, told("CONSULT", "met", "TWN", "CHN", after="臺灣")))

    (account,) = store.accounts(Filter())

    assert store.texts([account.document]) == {account.document: text}
    assert text[account.anchor.start : account.anchor.end] == account.anchor.text == "met"
    assert account.sentence_text == "🐋🐋 𝒪la of 臺灣 met 李 in Geneva."
    assert store.problems() == []


def test_what_no_database_stores_is_refused(store: Store) -> None:
    digest = store.digest()
    record = report("Iceland met Britain.", talks("met", "ISL GBR"))
    (actor, *others) = record.actors
    for bad in ("a\0b", "half \ud83d", "\ude00"):
        said_by = (Attribution("ISL"), Attribution(None, bad))
        refused = {
            "document.text": report(bad),
            "document.title": report("x", title=bad),
            "document.url": report("x", url=bad),
            "document.publisher": report("x", publisher=bad),
            "actors[1].name": attrs.evolve(record, actors=(*others, attrs.evolve(actor, name=bad))),
            "actors[1].id": attrs.evolve(record, actors=(*others, attrs.evolve(actor, id=bad))),
            "events[0].mode": report("They met.", talks("met", "ISL GBR", mode=bad)),
            "events[0].said_by[1].text": report(
                "They met.", talks("met", "ISL GBR", said_by=said_by)
            ),
            "warnings[0]": attrs.evolve(record, warnings=(bad,)),
        }
        for where, unstorable_ in refused.items():
            with pytest.raises(InvalidRecordError, match="surrogate") as caught:
                store.add(unstorable_)
            assert caught.value.path == where
            # The message can be written, whatever it is about.
            assert str(caught.value).encode("utf-8")
    assert store.digest() == digest


def test_publication_that_no_database_stores_is_refused(store: Store) -> None:
    store.add(report(LONG))

    for bad in ("a\0b", "half \ud83d"):
        with pytest.raises(InvalidRecordError):
            store.publish(Document(LONG, title=bad))
        with pytest.raises(InvalidRecordError):
            store.add(report(LONG, publisher=bad))

    assert store.status().publications == 1


def test_number_that_json_has_not_is_refused(store: Store) -> None:
    for number in (float("nan"), float("inf")):
        record = report("Iceland met Britain.", talks("met", "ISL GBR", confidence=number))
        with pytest.raises(InvalidRecordError, match="confidence"):
            store.add(record)

    assert store.status().documents == 0


def test_a_long_text_of_rare_words_is_stored_and_found(store: Store) -> None:
    # A hundred thousand words of letters that take four bytes each, twice over for the hyphens.
    letters = [chr(0x20000 + k) for k in range(320)]
    words = [a + b for a in letters for b in letters]
    text = "rare " + " ".join(map("-".join, zip(words[::2], words[1::2], strict=True)))
    store.add(report(text))

    assert store.record(Document(text).id).document.text == text
    assert [hit.document for hit in store.search("rare")] == [Document(text).id]


def test_people_of_one_document_become_people_of_the_store(memory: Store) -> None:
    ann = Actor("doc.p1", "Ann O’Hara-Ek", None, (), "person")
    first = "Ann O’Hara-Ek warned Iceland on Monday about the nets in the bay."
    second = "Iceland was warned on Monday about nets in the bay by ANN O’HARA-EK."
    for text, id_ in ((first, "doc.p1"), (second, "doc.p4")):
        memory.add(
            report(
                text,
                told(
                    "THREATEN", "warned", id_, "ISL",
                    day="2019-03-04", said_by=(Attribution(id_, "she", "said"),),
                ),
                actors=(attrs.evolve(ann, id=id_),),
            )
        )  # fmt: skip

    (event,) = memory.events({account.event for account in memory.accounts(Filter())})

    assert {account.source for account in event.accounts} == {("UNLISTED.ANN_O_HARA_EK",)}
    assert {link.actor for account in event.accounts for link in account.said_by} == {
        "UNLISTED.ANN_O_HARA_EK"
    }
    assert set(memory.actors()) == {"UNLISTED.ANN_O_HARA_EK", "ISL"}
    assert memory.actors(["UNLISTED.ANN_O_HARA_EK", "nobody"]) == {
        "UNLISTED.ANN_O_HARA_EK": attrs.evolve(ann, id="UNLISTED.ANN_O_HARA_EK")
    }
    assert [record.actors[0].id for record in memory.records()] == ["doc.p1", "doc.p4"]


def test_names_without_letters_and_long_names_are_kept(store: Store) -> None:
    # Too many different letters for any database to press into a line of an index.
    endless = "".join(chr(0x4E00 + k * 7919 % 20000) for k in range(4000))
    actors = (Actor("doc.p1", "???"), Actor("doc.p2", endless))
    event = told("ACCUSE", "accuse", "doc.p1", "doc.p2")
    store.add(report("They accuse each other.", event, actors=actors))

    (account,) = store.accounts(Filter())

    assert account.source == ("UNLISTED.UNNAMED",)
    assert store.actors(account.target)[account.target[0]].name == endless
    assert store.accounts(Filter(parties=account.target)) == [account]


def test_what_nothing_dates_is_kept_without_a_day(store: Store) -> None:
    store.add(report("Iceland warned Britain.", told("THREATEN", "warned", "ISL", "GBR")))
    store.add(report("So Iceland warned Britain.", told("THREATEN", "warned", "ISL", "GBR")))
    store.add(
        report(
            "Later, Iceland warned Britain.",
            told("THREATEN", "warned", "ISL", "GBR"),
            published="2019-03-02",
        )
    )

    undated, other, dated = store.accounts(Filter(parties=("ISL", "GBR")))

    assert undated.day is None
    assert (undated.start, undated.published, other.day) == (None, None, None)
    assert dated.day == datetime.date(2019, 3, 2)
    assert len({undated.event, other.event, dated.event}) == 3


def test_reading_may_be_broken_off(store: Store) -> None:
    for record in many(4):
        store.add(record)

    first = next(store.records())
    again = store.records()
    second = [next(again), next(again)]
    again.close()  # type: ignore[attr-defined]

    assert first == second[0]
    assert store.add(report("A note.")) == "added"


def test_documents_are_found_by_the_beginning_of_their_id(store: Store) -> None:
    for record in many(10):
        store.add(record)
    ids = [record.document.id for record in store.records()]

    for id_ in ids:
        hexadecimal = id_.removeprefix("sha256:")
        assert store.document(id_).document.id == id_
        assert store.document(hexadecimal).document.id == id_
        assert store.record(hexadecimal[:20]).document.id == id_
        assert store.document(id_[:27]).document.id == id_
    # Of ten ids, some begin with the same digit, some alone with theirs, and some digits are free.
    for digit in "0123456789abcdef":
        number = sum(id_.startswith(f"sha256:{digit}") for id_ in ids)
        if number == 1:
            assert store.document(digit).document.id.startswith(f"sha256:{digit}")
        else:
            with pytest.raises(UnknownIdError, match="several" if number else "no such document"):
                store.document(digit)


def test_no_document_has_such_an_id(store: Store) -> None:
    store.add(report(LONG))

    for id_ in ("", "sha256:", "%", "_", "sha256:%", "z", "'; DROP TABLE document"):
        with pytest.raises(UnknownIdError, match="no such document"):
            store.document(id_)
        for ask in (store.account, store.event):
            with pytest.raises(UnknownIdError, match="there is no"):
                ask(id_)
