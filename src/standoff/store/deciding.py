"""Human decisions: what coders accept, correct, reject, add, merge and split, and who did it when.

Decisions are only ever added. An account shows what the machine read with all decisions applied in
their order; a later one prevails, but not over one that is marked as final. Nothing is lost where
two coders decide at once: both decisions stand in the history, and `conflicts` tells of them.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import attrs
from sqlalchemy import Connection, Row, delete, insert, select, update

from standoff.errors import DecisionError, StoreDamagedError
from standoff.record import Record, Span
from standoff.store import accounts, adding, fields, outlets, reading, schema
from standoff.store.model import Account, Action, Decision

account, event, decision = schema.account, schema.event, schema.decision

_VERDICTS = {"accept": "accepted", "reject": "rejected", "restore": "open"}
_REVIEWS = _VERDICTS | {"correct": "corrected", "add": "accepted"}


@attrs.frozen
class Coder:
    """Who decides, and why; `final` settles what others decided otherwise.

    Raises:
        DecisionError: the name is empty, or no database stores it or the reason.
    """

    by: str
    why: str | None = None
    final: bool = False

    def __attrs_post_init__(self) -> None:
        if not self.by.strip():
            raise DecisionError("a decision needs somebody who takes it; say who")
        for text in (self.by, self.why or ""):
            fields.refuse_unstorable(text)


def judge(connection: Connection, id_: str, action: Action, coder: Coder) -> list[Decision]:
    """Accept, reject or restore an account, or all accounts of an event.

    What is accepted is kept: should a newer model read something else, the accepted values stay.

    Raises:
        UnknownIdError: there is no such account or event.
        DecisionError: the action is none of these.
    """
    if action not in _VERDICTS:
        raise DecisionError(f"{action!r} is no verdict; one of {', '.join(_VERDICTS)}")
    made = []
    for each in _accounts(connection, id_):
        shown = fields.values(each) if action == "accept" else {}
        confirmed = {name: (value, value) for name, value in shown.items()}
        made.append(_decide(connection, each, action, coder, confirmed))
    return made


def correct(
    connection: Connection, id_: str, changes: Mapping[str, Any], coder: Coder
) -> list[Decision]:
    """Correct fields (`standoff.store.fields`) of an account, or of all accounts of an event.

    Raises:
        UnknownIdError: there is no such account or event.
        DecisionError: a field that cannot be corrected, or a value that it cannot have.
    """
    values = fields.checked(changes)
    made = []
    for each in _accounts(connection, id_):
        fields.refuse_mode(values, each.type)
        before = fields.values(each)
        changed = {name: (before[name], value) for name, value in values.items()}
        made.append(_decide(connection, each, "correct", coder, changed))
    return made


def add(
    connection: Connection, document: str, start: int, end: int, values: Mapping[str, Any],
    coder: Coder,
) -> Account:  # fmt: skip
    """Add an event that the machine did not find: the words from `start` to `end` of a document.

    Raises:
        UnknownIdError: there is no such document.
        DecisionError: the words are none, `type` is missing, or a value is impossible.
    """
    stored = reading.document(connection, document)
    text = stored.document.text
    words = text[start:end].strip() if 0 <= start < end <= len(text) else ""
    if not words:
        raise DecisionError(f"{start} to {end} are no words of a text of {len(text)} characters")
    start = text.index(words, start)
    end = start + len(words)
    checked = fields.checked(values)
    if "type" not in checked:
        raise DecisionError("an event needs a type; say which with type=…")
    fields.refuse_mode(checked, str(checked["type"]))
    number = len(decisions(connection, stored.document.id)) + 1
    sentence = _sentence(reading.record(connection, stored.document.id), start, end)
    original = stored.copy_of or stored.document.id
    publisher = reading.document(connection, original).document.publisher
    bare = Account(
        id=accounts.stable_id("a", f"{stored.document.id} {start} added {number}"),
        event="",
        document=stored.document.id,
        local=None,
        type=str(checked["type"]),
        anchor=Span.of(text, start, end),
        sentence=sentence,
        sentence_text=text[slice(*sentence)],
        mentions=(Span.of(text, start, end),),
        published=stored.document.published,
        publisher=stored.document.publisher,
        original=original,
        outlet=outlets.of((), publisher, original),
        origin="human",
        review="accepted",
    )
    made = fields.applied(bare, checked)
    key = adding.key_of(connection, stored.document.id)
    assert key is not None
    adding.insert_accounts(connection, key, [made])
    # Its parties say whom other acts of the document are against, and theirs whom it is against.
    adding.refile_all(connection, key)
    _write(connection, stored.document.id, "add", coder, {"account": (None, made.id)})
    _write(
        connection, made.id, "add", coder, {name: (None, value) for name, value in checked.items()}
    )
    return reading.account(connection, made.id)


_END = re.compile(r"[.!?][\"”’')\]]*\s+|\n+")


def _sentence(record: Record, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence around some words begins and ends.

    The machine knows where it has found another event in it; else the marks of the text tell.
    """
    for each in record.events:
        if each.sentence[0] <= start and end <= each.sentence[1]:
            return each.sentence
    text = record.document.text
    before = [match.end() for match in _END.finditer(text, 0, start) if match.end() <= start]
    after = _END.search(text, end)
    last = after.start() if after else len(text)
    return (before[-1] if before else 0), (last + 1 if text[last : last + 1] in ".!?" else last)


def merge(connection: Connection, ids: Sequence[str], coder: Coder) -> str:
    """Make several events one, the one that is named first, and return its id.

    Raises:
        UnknownIdError: one of them is not there.
        DecisionError: there are not at least two.
    """
    if len(set(ids)) < 2:
        raise DecisionError("it takes two events to merge; name them both")
    kept, *others = dict.fromkeys(ids)
    key = _event_key(connection, kept)
    moved = {}
    for id_ in others:
        other = _event_key(connection, id_)
        held = connection.execute(select(account.c.id).where(account.c.event == other)).scalars()
        moved[id_] = sorted(held)
        where = account.c.event == other
        connection.execute(update(account).where(where).values(event=key, pinned=True))
        bury(connection, id_, kept, f"merged by {coder.by}")
        connection.execute(delete(event).where(event.c.key == other))
    connection.execute(update(account).where(account.c.event == key).values(pinned=True))
    _write(connection, kept, "merge", coder, {"accounts": ([], moved)})
    return kept


def split(connection: Connection, id_: str, parts: Sequence[str], coder: Coder) -> str:
    """Take accounts out of an event and make them one of their own; return its id.

    Raises:
        UnknownIdError: there is no such event or account.
        DecisionError: the accounts are not of it, or are all that it has.
    """
    key = _event_key(connection, id_)
    where = account.c.event == key
    held = set(connection.execute(select(account.c.id).where(where)).scalars())
    taken = list(dict.fromkeys(parts))
    for part in taken:
        if part not in held:
            raise DecisionError(f"account {part} is not of event {id_}")
    if not taken or len(taken) == len(held):
        raise DecisionError(f"event {id_} would have no account left, or lose none")
    number = len(decisions(connection, id_)) + 1
    made = accounts.stable_id("e", f"{id_} split {number} {' '.join(taken)}")
    inserted = connection.execute(insert(event).values(id=made)).inserted_primary_key
    assert inserted is not None
    connection.execute(update(account).where(where).values(pinned=True))
    connection.execute(
        update(account).where(account.c.id.in_(taken)).values(event=inserted[0], pinned=True)
    )
    _write(connection, id_, "split", coder, {"accounts": (sorted(held), {made: taken})})
    return made


def history(connection: Connection, id_: str) -> list[Decision]:
    """Return all decisions on an account or a document, or on an event and its accounts; the
    oldest first.

    Raises:
        UnknownIdError: nothing has this id, nor ever had it.
    """
    stone = schema.tombstone
    held = select(account.c.id).join(event, event.c.key == account.c.event)
    subjects = set(connection.execute(held.where(event.c.id == id_)).scalars())
    there = select(account.c.id).where(account.c.id == id_)
    was = select(stone.c.id).where(stone.c.id == id_)
    if not subjects and not any(connection.execute(each).first() for each in (there, was)):
        id_ = reading.document(connection, id_).document.id
    return decisions(connection, id_, *subjects)


def decisions(connection: Connection, *subjects: str) -> list[Decision]:
    """Return the decisions on just these subjects, the oldest first."""
    made = []
    for start in range(0, len(subjects), 500):
        some = decision.c.subject.in_(subjects[start : start + 500])
        made += [from_row(row) for row in connection.execute(select(decision).where(some))]
    return sorted(made, key=lambda each: each.number)


def settles(made: Decision) -> Collection[str]:
    """Return the fields that a decision settles if it is final.

    Who says that an event is right as it is, or that it is none, leaves nothing to be corrected.
    """
    return fields.NAMES if made.action in ("accept", "reject") else made.changes.keys()


def replayed(machine: Account, made: Iterable[Decision]) -> Account:
    """Return an account as decisions leave it, given what the machine reads now."""
    found = machine
    settled: set[str] = set()
    review = machine.review
    judged = False
    for each in made:
        values = {
            name: after
            for name, (_, after) in each.changes.items()
            if name in fields.NAMES and (each.final or name not in settled)
        }
        found = fields.applied(found, values)
        if each.final:
            settled.update(settles(each))
        if each.action in _REVIEWS and (each.final or not judged):
            review = _REVIEWS[each.action]  # type: ignore[assignment]
            judged = each.final
    return attrs.evolve(found, review=review)


def refile(connection: Connection, key: int, new: Account) -> None:
    """Write an account anew in place of the row with this key, with the pairs it is filed under."""
    old = connection.execute(select(account).where(account.c.key == key)).one()
    row = accounts.to_row(new, old.document, old.event, pinned=old.pinned)
    connection.execute(update(account).where(account.c.key == key).values(**row))
    adding.refile_all(connection, old.document)


def from_row(row: Row[Any]) -> Decision:
    """Return the decision of a row."""
    changes = {name: tuple(pair) for name, pair in json.loads(row.changes).items()}
    at = row.at if row.at.tzinfo else row.at.replace(tzinfo=datetime.UTC)
    return Decision(
        row.number, row.subject, row.action, row.by, at, row.why, changes, bool(row.final)
    )


def _decide(
    connection: Connection,
    subject: Account,
    action: Action,
    coder: Coder,
    changes: dict[str, tuple[Any, Any]],
) -> Decision:
    made = _write(connection, subject.id, action, coder, changes)
    key = connection.execute(select(account.c.key).where(account.c.id == subject.id)).scalar_one()
    machine = machine_account(connection, subject)
    refile(connection, key, replayed(machine, decisions(connection, subject.id)))
    return made


def machine_account(connection: Connection, subject: Account) -> Account:
    """Return an account as the machine has it, without decisions.

    What the machine does not have is returned as it was before the first decision: a human's own
    as it was added, and one that a newer model lost as the last one that had it read it.

    Raises:
        StoreDamagedError: the record lacks an event that the account is of.
    """
    if subject.local is None:
        first: dict[str, Any] = {}
        for each in decisions(connection, subject.id):
            for name, (before, after) in each.changes.items():
                if name in fields.NAMES:
                    first.setdefault(name, after if each.action == "add" else before)
        return attrs.evolve(fields.applied(subject, first), review="open")
    record: Record = reading.record(connection, subject.document)
    original = connection.execute(
        select(schema.document.c.publisher).where(schema.document.c.id == subject.original)
    ).scalar()
    made = {each.local: each for each in accounts.of(record, subject.original, original)}
    read = made.get(subject.local)
    if read is None:
        raise StoreDamagedError(
            f"account {subject.id}: the record has no event {subject.local}; restore a backup"
        )
    return attrs.evolve(read, id=subject.id, event=subject.event)


def _accounts(connection: Connection, id_: str) -> Sequence[Account]:
    if id_.startswith("e"):
        return reading.event(connection, id_).accounts
    return (reading.account(connection, id_),)


def _event_key(connection: Connection, id_: str) -> int:
    key = connection.execute(select(event.c.key).where(event.c.id == id_)).scalar()
    if key is None:
        raise reading.gone(connection, id_, "event")
    return int(key)


def _write(
    connection: Connection, subject: str, action: Action, coder: Coder, changes: dict[str, Any]
) -> Decision:
    now = datetime.datetime.now(datetime.UTC)
    row = {
        "subject": subject,
        "action": action,
        "by": coder.by,
        "at": now,
        "why": coder.why,
        "changes": json.dumps(changes, ensure_ascii=False, default=str),
        "final": coder.final,
    }
    key = connection.execute(insert(decision).values(**row)).inserted_primary_key
    assert key is not None
    found = connection.execute(select(decision).where(decision.c.number == key[0])).one()
    return from_row(found)


def bury(connection: Connection, id_: str, successor: str | None, reason: str) -> None:
    """Leave a tombstone for an id that is gone, so that links to it still say what became of it."""
    now = datetime.datetime.now(datetime.UTC)
    stone = schema.tombstone
    connection.execute(delete(stone).where(stone.c.id == id_))
    connection.execute(insert(stone).values(id=id_, successor=successor, reason=reason, at=now))
