"""Records made by hand: a text, and events given by words of it. No model reads anything."""

from __future__ import annotations

import datetime
import random
from typing import Any

import attrs

from standoff.record import (
    Actor,
    Document,
    Event,
    Interval,
    ModelInfo,
    Place,
    Record,
    Span,
)

MODEL = ModelInfo("by-hand", "1.0", "0" * 64)


@attrs.frozen
class Told:
    """An event to be found in a text: `words` are its anchor, the first ones behind `after`.

    Parties are ids with spaces between.
    `day` is one day, or two with a slash between; `place` is a name in the text and a country.
    `extra` are further fields of `standoff.record.Event`.
    """

    type: str
    words: str
    source: str
    target: str
    day: str | None
    place: tuple[str, str] | None
    after: str
    extra: dict[str, Any]


def told(
    type_: str,
    words: str,
    source: str = "",
    target: str = "",
    *,
    day: str | None = None,
    place: tuple[str, str] | None = None,
    after: str = "",
    **extra: Any,
) -> Told:
    return Told(type_, words, source, target, day, place, after, extra)


def talks(words: str, parties: str, **more: Any) -> Told:
    """Return a meeting, which has all its parties on both sides."""
    return told("CONSULT", words, parties, parties, **more)


def report(
    text: str,
    *events: Told,
    published: str | None = None,
    actors: tuple[Actor, ...] = (),
    **document: Any,
) -> Record:
    """Return the record of a text; parties whom `actors` does not hold are named by their ids."""
    named = {actor.id: actor for actor in actors}
    for each in events:
        for id_ in f"{each.source} {each.target}".split():
            country = None if id_[:3] in ("IGO", "MED", "UNL", "doc") else id_[:3]
            name = id_.rpartition(".")[2].replace("_", " ").title()
            named.setdefault(id_, Actor(id_, name, country))
    places = [each.place for each in events if each.place]
    return Record(
        Document(text, published=_date(published), **document),
        actors=tuple(named.values()),
        places=tuple(Place(_span(text, name), name, country) for name, country in places),
        events=tuple(
            _event(text, number, each, places) for number, each in enumerate(events, start=1)
        ),
        model=MODEL,
        software="0",
    )


def _event(text: str, number: int, each: Told, places: list[tuple[str, str]]) -> Event:
    anchor = _span(text, each.words, each.after)
    start = text.rfind(". ", 0, anchor.start)
    end = text.find(". ", anchor.end)
    made = Event(
        f"e{number}",
        each.type,
        anchor,
        (start + 2 if start >= 0 else 0, end + 1 if end >= 0 else len(text)),
        tuple(each.source.split()),
        tuple(each.target.split()),
        time=_interval(each.day) if each.day else None,
        place=places.index(each.place) if each.place else None,
        mentions=(anchor,),
    )
    return attrs.evolve(made, **each.extra)


def _span(text: str, words: str, after: str = "") -> Span:
    start = text.index(words, text.index(after))
    return Span(start, start + len(words), words)


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _interval(text: str) -> Interval:
    first, _, last = text.partition("/")
    return Interval(text, "week" if last else "day", _date(first), _date(last or first))


STATES = {"JPN": "Japan", "KOR": "South Korea", "CHN": "China", "GBR": "Britain", "ISL": "Iceland"}
PEOPLE = {
    "JPN.GOV.TRADE_MINISTRY": "the Japanese trade ministry",
    "KOR.GOV.HAN_JI_WOO": "Minister Han Ji-woo",
    "ISL.GOV.COAST_GUARD": "the Icelandic coast guard",
    "IGO.WTO": "the WTO",
    "doc.p1": "the harbour master 𝒪la Þór",
}
_ACTS = {
    "met": ("CONSULT", "{a} met {b} {day} in {place} over {matter}"),
    "warned": ("THREATEN", "{a} warned {b} {day} that it would act over {matter}"),
    "seized": ("COERCE", "{a} seized a ship of {b} {day} off {place} in the row over {matter}"),
    "promised": ("AID", "{a} promised {b} money {day} to make up for {matter}"),
    "mobilised": ("MOBILIZE", "{a} mobilised its guards {day} near {place} because of {matter}"),
}
_PLACES = {"Geneva": "CHE", "Busan": "KOR", "Hull": "GBR", "Grimsey": "ISL"}
_MATTERS = ("cod quotas", "chip exports", "seaweed", "a drowned diver 🤿", "old treaties")
_PAPERS = ("Harbour Post", "The Fathom", "Tide & Times", None)
_FILLER = (
    "Neither side would say how long the quarrel may last, and shopkeepers in both capitals told "
    "our correspondents that they had begun to look for other suppliers in case it drags on. "
)


def many(count: int, seed: int = 1) -> list[Record]:
    """Return reports of a long quarrel: reprints, undated ones, people of no list, odd letters."""
    rng = random.Random(seed)
    made: list[Record] = []
    while len(made) < count:
        if made and rng.random() < 0.15:
            made.append(_reprint(rng, rng.choice(made)))
        else:
            made.append(_report(rng, len(made)))
    return made


def _report(rng: random.Random, number: int) -> Record:
    published = datetime.date(2019, 3, 1) + datetime.timedelta(days=rng.randrange(12))
    sentences, events = [], []
    for k in range(rng.randrange(1, 5)):
        words = rng.choice(list(_ACTS))
        type_, form = _ACTS[words]
        source, target = rng.sample([*STATES, *PEOPLE], 2)
        day = published - datetime.timedelta(days=rng.randrange(3))
        place = rng.choice(list(_PLACES))
        sentence = form.format(
            a=(STATES | PEOPLE)[source],
            b=(STATES | PEOPLE)[target],
            day=f"on {day.day} March",
            place=place,
            matter=rng.choice(_MATTERS),
        )
        sentences.append(f"{k + 1}: {sentence[0].upper()}{sentence[1:]}. ")
        parties = (source, target)
        if type_ == "CONSULT":
            parties = (f"{source} {target}",) * 2
        elif type_ == "MOBILIZE" or rng.random() < 0.1:
            parties = (source, "")
        events.append(
            told(
                type_, words, *parties,
                after=f"{k + 1}: ",
                day=rng.choice([day.isoformat(), None]),
                place=(place, _PLACES[place]) if place in sentence else None,
                status=rng.choice(["actual", "actual", "actual", "cancelled", "denied"]),
                confidence=rng.random(),
            )
        )  # fmt: skip
    text = f"Dispatch {number}. " + "".join(sentences) + _FILLER * rng.randrange(3)
    return report(
        text,
        *events,
        published=rng.choice([published.isoformat()] * 4 + [None]),
        publisher=rng.choice(_PAPERS),
        title=f"Dispatch {number} on the quarrel",
        actors=(Actor("doc.p1", "𝒪la Þór"),),
    )


def _reprint(rng: random.Random, record: Record) -> Record:
    """Return the same report with a line under it, as another paper prints it."""
    document = attrs.evolve(
        record.document,
        text=f"{record.document.text}\nThis report is number {rng.randrange(10**6)}.",
        publisher=rng.choice(_PAPERS),
    )
    return attrs.evolve(record, document=document)
