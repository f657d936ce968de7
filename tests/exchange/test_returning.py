"""Human decisions in an exported record, and changes made to one as decisions again."""

from __future__ import annotations

import datetime
import json
import random
from pathlib import Path
from typing import Any

import attrs
import pytest

from standoff.errors import InvalidRecordError
from standoff.exchange.annotations import from_annotations, to_annotations
from standoff.exchange.brat import from_brat, to_brat
from standoff.exchange.returning import Change, changes, decided
from standoff.record import Actor, Condition, Event, Interval, Place, Record, Span
from standoff.store import Account, Coder, Store
from standoff.store import accounts as made_of
from standoff.store.fields import applied
from tests.store.reports import many, report, talks, told

TEXT = (
    "Envoys of Japan and South Korea met in Geneva on Monday. "
    "The harbour master warned South Korea that ships would be turned away. "
    "Britain promised help unless the talks failed."
)
MASTER = Actor("doc.p1", "harbour master", None, (), "person", (Span(61, 75, "harbour master"),))


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


RECORD = attrs.evolve(
    report(
        TEXT,
        talks("met", "JPN KOR", day="2019-03-04", place=("Geneva", "CHE"), mode="visit"),
        told("THREATEN", "warned", "doc.p1", "KOR", source_spans=(span("The harbour master"),)),
        told("AID", "promised", "GBR", status="promised"),
        published="2019-03-05",
        actors=(MASTER, Actor("KOR", "South Korea", "KOR", mentions=(span("South Korea"),))),
    ),
    conditions=(
        Condition("c1", "GBR", "unless", span("Britain promised help"), span("the talks failed"),
                  "e3", "e1"),
    ),
)  # fmt: skip
ACCOUNTS = made_of.of(RECORD, RECORD.document.id, None)
MET, WARNED, PROMISED = ACCOUNTS
ADDED = Account(
    "a7k2m4q6t3w5x",
    "e7k2m4q6t3w5x",
    RECORD.document.id,
    None,
    "PROTEST",
    span("turned away"),
    WARNED.sentence,
    source=("UNLISTED.HARBOUR_MASTER",),
    place="Geneva",
    country="CHE",
    origin="human",
    review="accepted",
)


def corrected(account: Account, **values: Any) -> Account:
    """Return an account as a correction leaves it."""
    return attrs.evolve(applied(account, values), review="corrected")


def rejected(account: Account) -> Account:
    return attrs.evolve(account, review="rejected")


def with_event(index: int, record: Record = RECORD, **values: Any) -> Record:
    """Return a record in which one event is another."""
    events = list(record.events)
    events[index] = attrs.evolve(events[index], **values)
    return attrs.evolve(record, events=events)


def only(imported: Record, *accounts: Account) -> Change:
    """Return the one change that a record amounts to."""
    (found,) = changes(imported, RECORD, accounts or ACCOUNTS)
    return found


def test_without_decisions_the_record_is_the_machines() -> None:
    assert decided(RECORD, ACCOUNTS) == RECORD


def test_corrections_are_in_the_record() -> None:
    now = decided(RECORD, [MET, corrected(WARNED, type="ACCUSE", status="denied"), PROMISED])

    assert now.events[1].type == "ACCUSE"
    assert now.events[1].cameo == "112"
    assert now.events[1].status == "denied"
    assert now.events[1].source == ("doc.p1",)
    assert (now.events[0], now.events[2]) == (RECORD.events[0], RECORD.events[2])


def test_rejected_events_are_out_and_nothing_refers_to_them() -> None:
    now = decided(RECORD, [rejected(MET), WARNED, PROMISED])

    assert [event.id for event in now.events] == ["e2", "e3"]
    assert now.conditions[0].condition_event is None
    assert now.conditions[0].consequent_event == "e3"


def test_added_events_are_there_under_the_ids_of_their_accounts() -> None:
    event = decided(RECORD, [*ACCOUNTS, ADDED]).events[3]

    assert (event.id, event.type, event.anchor) == (ADDED.id, "PROTEST", ADDED.anchor)
    assert event.source == ("doc.p1",)
    assert event.place == 0


def test_another_source_leaves_no_words_for_the_old_one() -> None:
    now = decided(RECORD, [MET, corrected(WARNED, source=["FRA", "UNLISTED.X"]), PROMISED])

    assert now.events[1].source == ("FRA", "UNLISTED.X")
    assert now.events[1].source_spans == ()
    assert now.actors[-2:] == (Actor("FRA", "France", "FRA"), Actor("UNLISTED.X", "UNLISTED.X"))
    both = [corrected(WARNED, source=["FRA", "UNLISTED.HARBOUR_MASTER"])]
    assert decided(RECORD, both).events[1].source_spans == RECORD.events[1].source_spans


def test_actors_of_the_store_say_who_is_new() -> None:
    someone = Actor("UNLISTED.X", "Xavier", "FRA", ("GOV",), "person")
    accounts = [MET, corrected(WARNED, source=["UNLISTED.X"]), PROMISED]

    assert decided(RECORD, accounts, {"UNLISTED.X": someone}).actors[-1] == someone


@pytest.mark.parametrize(
    ("values", "place"),
    [
        (
            {"place": "Britain", "country": "GBR"},
            Place(span("Britain"), "Britain", "GBR"),
        ),
        ({"country": "USA"}, Place(span("Geneva"), "Geneva", "USA")),
        ({"place": "Atlantis"}, None),
        ({"place": None, "country": None}, None),
    ],
)  # fmt: skip
def test_a_corrected_place_is_where_the_text_names_it(
    values: dict[str, Any], place: Place | None
) -> None:
    accounts = [corrected(MET, **values), WARNED, PROMISED]
    now = decided(RECORD, accounts)
    index = now.events[0].place

    assert (None if index is None else now.places[index]) == place
    assert changes(now, RECORD, accounts) == []


def test_corrected_days_are_in_the_record() -> None:
    now = decided(RECORD, [corrected(MET, start="2019-03-03", end="2019-03-03"), WARNED, PROMISED])
    day = datetime.date(2019, 3, 3)

    assert now.events[0].time == Interval("2019-03-03", "day", day, day)


def test_a_record_that_nobody_touched_changes_nothing() -> None:
    assert changes(RECORD, RECORD, ACCOUNTS) == []


def test_what_is_different_is_corrected() -> None:
    change = only(with_event(1, type="ACCUSE", mode=None, target=("GBR",), status="denied"))

    assert (change.action, change.account, change.anchor) == ("correct", WARNED.id, WARNED.anchor)
    assert change.fields == {
        "type": ("THREATEN", "ACCUSE"),
        "status": ("actual", "denied"),
        "target": (["KOR"], ["GBR"]),
    }
    assert change.values == {"type": "ACCUSE", "status": "denied", "target": ["GBR"]}


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"mode": None}, {"mode": ("visit", None)}),
        ({"aspect": "resumed"}, {"aspect": (None, "resumed")}),
        ({"contexts": ("military",)}, {"contexts": ([], ["military"])}),
        (
            {"source": ("doc.p1",)},
            {"source": (["JPN", "KOR"], ["UNLISTED.HARBOUR_MASTER"])},
        ),
        ({"time": None}, {"start": ("2019-03-04", None), "end": ("2019-03-04", None)}),
        ({"place": None}, {"place": ("Geneva", None), "country": ("CHE", None)}),
        # A mode that the new type does not have goes with the old one.
        ({"type": "AGREE"}, {"type": ("CONSULT", "AGREE"), "mode": ("visit", None)}),
        ({"source": ("KOR", "JPN")}, {}),
        ({"confidence": 0.1, "factuality": 0.0, "quad": 4, "cameo": "190"}, {}),
        ({"mode": "no mode of any type"}, {"mode": ("visit", None)}),
        ({"contexts": ("unheard of",)}, {}),
    ],
)  # fmt: skip
def test_only_fields_that_can_be_corrected_count(
    values: dict[str, Any], fields: dict[str, Any]
) -> None:
    found = changes(with_event(0, **values), RECORD, ACCOUNTS)

    assert [change.fields for change in found] == ([fields] if fields else [])


def test_what_is_missing_is_rejected() -> None:
    change = only(attrs.evolve(RECORD, events=RECORD.events[:2]))

    assert change == Change("reject", PROMISED.anchor, "AID", PROMISED.id)


def test_what_is_new_is_added() -> None:
    new = Event("e9", "PROTEST", span("turned away"), (0, 9), ("doc.p1",), ("KOR",), place=0)
    change = only(attrs.evolve(RECORD, events=(*RECORD.events, new)))

    assert (change.action, change.account, change.anchor) == ("add", None, new.anchor)
    assert change.values == {
        "type": "PROTEST",
        "status": "actual",
        "source": ["UNLISTED.HARBOUR_MASTER"],
        "target": ["KOR"],
        "place": "Geneva",
        "country": "CHE",
    }


def test_another_id_is_the_same_event_where_the_words_are() -> None:
    events = [attrs.evolve(event, id=f"x{event.id}") for event in reversed(RECORD.events)]

    assert changes(attrs.evolve(RECORD, events=events), RECORD, ACCOUNTS) == []


def test_the_same_id_is_another_event_where_the_words_are_others() -> None:
    ids = ("e2", "e3", "e1")
    events = [attrs.evolve(e, id=id_) for e, id_ in zip(RECORD.events, ids, strict=True)]

    assert changes(attrs.evolve(RECORD, events=events), RECORD, ACCOUNTS) == []


def test_of_two_events_at_the_same_words_the_id_tells() -> None:
    both = report(TEXT, talks("met", "JPN KOR"), told("AGREE", "met", "JPN", "KOR"))
    accounts = made_of.of(both, both.document.id, None)
    swapped = attrs.evolve(both, events=both.events[::-1])
    without = attrs.evolve(both, events=both.events[1:])

    assert changes(swapped, both, accounts) == []
    assert [(c.action, c.account) for c in changes(without, both, accounts)] == [
        ("reject", accounts[0].id)
    ]


def test_an_anchor_that_moved_within_its_sentence_is_the_same_event() -> None:
    assert changes(with_event(1, anchor=span("turned away")), RECORD, ACCOUNTS) == []
    elsewhere = changes(with_event(1, anchor=span("failed")), RECORD, ACCOUNTS)
    assert sorted(change.action for change in elsewhere) == ["add", "reject"]


def test_events_of_humans_can_be_changed_too() -> None:
    accounts = [*ACCOUNTS, ADDED]
    exported = decided(RECORD, accounts)

    assert changes(exported, RECORD, accounts) == []
    change = only(with_event(3, exported, type="COERCE", mode=None), *accounts)
    assert (change.action, change.account) == ("correct", ADDED.id)
    change = only(attrs.evolve(exported, events=exported.events[:3]), *accounts)
    assert (change.action, change.account) == ("reject", ADDED.id)


def test_what_was_rejected_is_accepted_where_it_is_nevertheless() -> None:
    accounts = (rejected(MET), WARNED, PROMISED)

    assert changes(decided(RECORD, accounts), RECORD, accounts) == []
    assert only(RECORD, *accounts) == Change("accept", MET.anchor, "CONSULT", MET.id)
    # A correction lifts the rejection, too.
    change = only(with_event(0, status="planned"), *accounts)
    assert (change.action, change.fields) == ("correct", {"status": ("actual", "planned")})


def test_another_type_at_words_of_a_rejected_event_is_a_new_event() -> None:
    change = only(with_event(0, type="AGREE", mode=None), rejected(MET), WARNED, PROMISED)

    assert (change.action, change.type) == ("add", "AGREE")


def test_an_event_without_an_account_is_let_be() -> None:
    """A store that lost one says so in its check; no human decided anything about it."""
    assert decided(RECORD, ACCOUNTS[:2]) == RECORD
    assert changes(RECORD, RECORD, ACCOUNTS[:2]) == []
    assert changes(attrs.evolve(RECORD, events=RECORD.events[:2]), RECORD, ACCOUNTS[:2]) == []


def test_ids_in_capitals_are_those_of_the_record() -> None:
    """A store keeps ids that humans give in capitals; those of a user's list have others."""
    own = attrs.evolve(RECORD, actors=(*RECORD.actors, Actor("ISL.coast", "Coast guard", "ISL")))
    accounts = [MET, corrected(WARNED, source=["ISL.COAST"]), PROMISED]

    now = decided(own, accounts)

    assert now.events[1].source == ("ISL.coast",)
    assert changes(now, own, accounts) == []


def test_records_of_two_texts_are_not_compared() -> None:
    with pytest.raises(InvalidRecordError, match="another text"):
        changes(report(TEXT + " "), RECORD, ACCOUNTS)


def _decide(store: Store, rng: random.Random, account: Account) -> None:
    coder = Coder("ann")
    match rng.randrange(7):
        case 0:
            store.judge(account.id, "reject", coder)
        case 1:
            store.correct(account.id, {"type": "SANCTION", "contexts": "economic"}, coder)
        case 2:
            parties = ["USA.GOV", *account.source[:1]]
            store.correct(account.id, {"source": parties, "target": ""}, coder)
        case 3:
            store.correct(account.id, {"start": "2019-03-02", "place": "Hull"}, coder)
        case 4:
            place = account.anchor
            values = {"type": "PROTEST", "source": account.target, "end": "2019-03-09"}
            store.add_event(account.document, place.start + 1, place.end, values, coder)


def test_decisions_go_out_and_back_as_none(tmp_path: Path) -> None:
    """Whatever was decided, a file that nobody touched asks for no decision."""
    rng = random.Random(7)
    with Store.create(tmp_path / "store.db") as store:
        for record in many(20):
            store.add(record)
        ids = store.outdated(None)
        for id_ in ids:
            assert decided(store.record(id_), store.told(id_)) == store.record(id_)
            for account in store.told(id_):
                _decide(store, rng, account)
        for id_ in ids:
            machine, accounts = store.record(id_), store.told(id_)
            record = decided(machine, accounts, store.actors())
            text = record.document.text
            drawn = from_brat(text, to_brat(record))
            linked = from_annotations(json.loads(json.dumps(to_annotations(record))))
            assert drawn == linked == record
            assert changes(record, machine, accounts) == []
            # The file that the machine wrote takes all of it back, and once is enough.
            for change in changes(machine, machine, accounts):
                _carry_out(store, id_, change)
            assert changes(machine, machine, store.told(id_)) == []
    assert len(ids) == 20


def _carry_out(store: Store, document: str, change: Change) -> None:
    coder = Coder("bob")
    match change.action:
        case "correct":
            store.correct(str(change.account), change.values, coder)
        case "add":
            anchor = change.anchor
            store.add_event(document, anchor.start, anchor.end, change.values, coder)
        case _:
            store.judge(str(change.account), change.action, coder)
