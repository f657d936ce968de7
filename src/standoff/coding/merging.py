"""Mentions of one event brought together: the same meeting named four times is one event.

First version: mentions agree in type, in the countries of their parties, in whether the event
came about, and in time where both have one; a bare definite ("the talks", "the cancellation")
joins the last event of its kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import attrs
from spacy.tokens import Token

from standoff.coding.reading import Reading
from standoff.record import Event, Interval, Span, Status

_DISPUTING = frozenset({"denies", "doubts"})

_CALLED_OFF: frozenset[Status] = frozenset({"cancelled", "postponed"})


def merged(reading: Reading, events: Sequence[tuple[Event, bool]]) -> list[Event]:
    """Return events with their repeated mentions folded into the fullest one, in text order.

    `events` comes with whether each is anaphoric: it then takes up the last event of its type and
    parties, whatever that one's status, and says nothing new unless it has a status of its own.
    """
    words = {token.idx: token for token in reading.doc}
    kept: list[_Merged] = []
    alike: defaultdict[object, list[int]] = defaultdict(list)
    for event, anaphoric in events:
        key = (event.type, _countries(reading, event))
        places = reversed(alike[key]) if anaphoric else iter(alike[key])
        for k in places:
            earlier = kept[k].event
            if _same(words, earlier, event) or (anaphoric and _takes_up(earlier, event)):
                kept[k].event = _fold(earlier, event)
                kept[k].mentions += event.mentions
                break
        else:
            alike[key].append(len(kept))
            kept.append(_Merged(event, list(event.mentions)))
    return [attrs.evolve(each.event, mentions=tuple(sorted(set(each.mentions)))) for each in kept]


@attrs.define
class _Merged:
    """An event as merged so far, and its mentions in the order they came."""

    event: Event
    mentions: list[Span]


def _takes_up(earlier: Event, event: Event) -> bool:
    """Tell whether an anaphoric mention may take up an event of the same type and countries."""
    return event.status == "actual" and _compatible(earlier.time, event.time)


def _same(words: Mapping[int, Token], a: Event, b: Event) -> bool:
    """Tell whether two mentions of one type and the same countries are of one event."""
    if _state(a) != _state(b) or _aspect(a) != _aspect(b):
        return False
    if not _compatible(a.time, b.time):
        return False
    if a.sentence == b.sentence and (a.type == "CONSULT" or _is_part(words, a, b)):
        return True
    if a.sentence == b.sentence and a.anchor.text != b.anchor.text:
        return False
    if a.type == "CONSULT" and a.time is not None and b.time is not None:
        return True
    # Little but type and parties in common: one event only if the same words name it.
    return a.status in _CALLED_OFF or a.anchor.text.lower() == b.anchor.text.lower()


#: Labels by which a noun goes into what its verb denotes: "sent rice in aid", "a visit for talks".
_PARTS = frozenset({"obj", "obl", "nsubj:pass", "nmod"})


def _is_part(words: Mapping[int, Token], a: Event, b: Event) -> bool:
    """Tell whether two words tell one act together, one being the object of the other."""
    first, second = words[a.anchor.start], words[b.anchor.start]
    return any(
        inner.head == outer and inner.dep_ in _PARTS and inner.pos_ == "NOUN"
        for inner, outer in ((first, second), (second, first))
    )


def _state(event: Event) -> str:
    return "called off" if event.status in _CALLED_OFF else event.status


def _aspect(event: Event) -> str:
    return "off" if event.aspect in {"suspended", "ended"} else "on"


def _countries(reading: Reading, event: Event) -> tuple[frozenset[str], frozenset[str]]:
    return reading.sides(event.source), reading.sides(event.target)


def _compatible(a: Interval | None, b: Interval | None) -> bool:
    if a is None or b is None:
        return True
    if a.start is None or b.start is None or a.end is None or b.end is None:
        return a.value == b.value
    return a.start <= b.end and b.start <= a.end


def _fold(a: Event, b: Event) -> Event:
    """Return one event: the fuller mention's values, who says so, and who says otherwise.

    What the text itself asserts once needs nobody to say so. Accounts that differ ("only
    postponed", says one side) stay, as denials of the status that the event has.
    """
    first, second = (a, b) if _fullness(a) >= _fullness(b) else (b, a)
    agreeing = [m for m in (a, b) if m.status == a.status]
    chains = [[link for link in m.said_by if link.stance not in _DISPUTING] for m in agreeing]
    said = list(first.said_by if first in agreeing else a.said_by) if all(chains) else []
    disputed = [link for m in agreeing for link in m.said_by if link.stance in _DISPUTING]
    if b.status != a.status:
        disputed += [attrs.evolve(link, stance="denies") for link in b.said_by]
    said += [link for link in dict.fromkeys(disputed) if link not in said]
    return attrs.evolve(
        first,
        status=a.status,
        time=first.time or second.time,
        said_by=tuple(said),
        codes=tuple(dict.fromkeys((*a.codes, *b.codes))),
        confidence=max(a.confidence or 0.0, b.confidence or 0.0),
    )


def _fullness(event: Event) -> tuple[int, int]:
    persons = sum(id_.count(".") for id_ in (*event.source, *event.target))
    return (event.time is not None) + bool(event.source) + bool(event.target), persons
