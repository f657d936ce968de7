"""A record made by hand from the sample report, and a reader that gives it: no model is needed."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner, Result

from standoff import documents, samples
from standoff.errors import StandoffError
from standoff.record import (
    Actor,
    Attribution,
    Condition,
    Document,
    Event,
    Interval,
    Record,
    Span,
    Statement,
)

QUADS = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
    "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip


class Maker:
    """Makes the parts of a record from words of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.count = 0

    def span(self, words: str, after: str = "") -> Span:
        """Return the first span of `words`, behind the first place of `after`."""
        start = self.text.index(words, self.text.index(after) if after else 0)
        return Span(start, start + len(words), words)

    def event(self, type_: str, words: str, source: str, target: str = "", **extra: Any) -> Event:
        """Return an event; parties are ids with spaces between."""
        anchor = self.span(words, extra.pop("after", ""))
        start = max(self.text.rfind(mark, 0, anchor.start) for mark in (". ", "\n", ".” "))
        end = self.text.find(".", anchor.end)
        self.count += 1
        made = Event(
            f"e{self.count}",
            type_,
            anchor,
            (start + 1, end + 1 if end >= 0 else len(self.text)),
            tuple(source.split()),
            tuple(target.split()),
            quad=QUADS[type_],
            mentions=(anchor,),
        )
        return attrs.evolve(made, **extra)


def day(text: str) -> Interval:
    return Interval(text, "day", *[datetime.date.fromisoformat(text)] * 2)


def month(year: int, number: int) -> Interval:
    first = datetime.date(year, number, 1)
    last = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    return Interval(f"{year}-{number:02}", "month", first, last)


@pytest.fixture
def demo() -> Record:
    make = Maker(samples.text("demo"))
    callaghan, agustsson = "GBR.GOV.JAMES_CALLAGHAN", "ISL.GOV.EINAR_AGUSTSSON"
    both = f"{callaghan} {agustsson}"
    office = "GBR.GOV.FOREIGN_OFFICE"
    hallgrimsson = "ISL.GOV.GEIR_HALLGRIMSSON"
    said = Attribution(office, "Britain’s Foreign Office", "said")
    told = Attribution("ISL.GOV", "Icelandic officials", "told", "asserts", "MEDIA.BBC")
    thursday, month_before = day("1976-02-19"), month(1976, 1)
    event = make.event
    threat = event("THREATEN", "warned", hallgrimsson, "GBR", time=day("1976-02-15"))
    return Record(
        Document(
            make.text,
            title="Iceland and Britain trade blame as cod war talks collapse",
            published=datetime.date(1976, 2, 20),
            publisher="Northern Wire",
        ),
        actors=(
            Actor("ISL", "Iceland", "ISL", (), "country", (make.span("Iceland"),)),
            Actor("GBR", "United Kingdom", "GBR", (), "country", (make.span("Britain"),)),
            Actor("NLD", "Netherlands", "NLD", (), "country"),
            Actor("NOR", "Norway", "NOR", (), "country"),
            Actor("USA", "United States", "USA", (), "country"),
            Actor("IGO.NATO", "NATO", None, ("IGO",), "igo"),
            Actor("IGO.EU", "European Economic Community", None, ("IGO",), "igo"),
            Actor("MEDIA.BBC", "BBC", "GBR", ("MEDIA",), "outlet"),
            Actor("ISL.GOV", "Icelandic officials", "ISL", ("GOV",), "group"),
            Actor(office, "Foreign Office", "GBR", ("GOV",), "body"),
            Actor(callaghan, "James Callaghan", "GBR", ("GOV",), "person"),
            Actor(agustsson, "Einar Agustsson", "ISL", ("GOV",), "person"),
            Actor(hallgrimsson, "Geir Hallgrimsson", "ISL", ("GOV",), "person"),
        ),
        events=(
            event("CONSULT", "called off", both, both, status="cancelled", time=thursday),
            event(
                "CONSULT", "postponed", both, both,
                status="postponed", time=thursday, said_by=(said,),
            ),
            event("CONSULT", "cancelled", both, both, status="cancelled", said_by=(told,)),
            event("REJECT", "refused to discuss", "ISL", "GBR", said_by=(told,)),
            event(
                "REQUEST", "asked for a delay", "ISL", "GBR", status="denied",
                said_by=(Attribution(agustsson, "Agustsson", "denied", "denies"),),
            ),
            event("RETREAT", "released", "ISL", "GBR", time=month_before),
            event("COERCE", "cutting of nets", "ISL", "GBR", aspect="suspended"),
            event("AGREE", "promised", "ISL", "NOR"),
            event("RETREAT", "withdrew", "GBR", "ISL", time=month_before),
            event("MOBILIZE", "sent", "GBR", "ISL", after="but on Monday", time=day("1976-02-16")),
            event("COOPERATE", "joint exercises", "GBR NLD", "GBR NLD", time=day("1976-02-18")),
            event("ACCUSE", "condemned", hallgrimsson, "GBR"),
            threat,
            event("REQUEST", "demands", "GBR", "ISL"),
            event("SANCTION", "imposed", "IGO.EU", "ISL", time=month(1975, 11)),
            event("REQUEST", "asked the United States", "ISL", "USA"),
            event("REJECT", "refused the request", "USA", "ISL"),
            event("AGREE", "signed an agreement", "ISL NOR", "ISL NOR"),
            event("REQUEST", "urged both governments", "IGO.NATO", "ISL GBR", time=thursday),
        ),
        statements=(
            Statement(
                "s1", hallgrimsson, make.span("he", "told reporters"), make.span("told reporters"),
                (make.span("We do not negotiate under guns,"),), "direct",
            ),
        ),
        conditions=(
            Condition(
                "c1", hallgrimsson, "if",
                make.span("Iceland would break off diplomatic relations with Britain"),
                make.span("the warships did not leave"), threat.id,
            ),
            Condition(
                "c2", "GBR", "until",
                make.span("Britain would lift its ban on Icelandic fish"),
                make.span("Iceland stopped harassing British trawlers"),
            ),
        ),
        warnings=("this record was made by hand",),
    )  # fmt: skip


@attrs.frozen
class Failure:
    name: str
    error: StandoffError


class FakeReader:
    """Reads as the real one does, but finds what `record` has, in whatever it is given."""

    def __init__(self, record: Record | None = None) -> None:
        self.record = record
        self.dates: list[datetime.date | None] = []

    def read_many(
        self, sources: Iterable[Path | Document], date: datetime.date | None = None
    ) -> Iterator[Record | Failure]:
        self.dates.append(date)
        for source in sources:
            try:
                document = source if isinstance(source, Document) else documents.from_path(source)
            except StandoffError as error:
                yield Failure(str(source), error)
                continue
            if self.record is not None and document.text == self.record.document.text:
                yield self.record
            else:
                yield Record(document, warnings=("no publication date",))


@pytest.fixture
def reader(demo: Record) -> FakeReader:
    return FakeReader(demo)


@pytest.fixture
def run(reader: FakeReader) -> Callable[..., Result]:
    """Return a function that runs the command line with the fake reader."""
    from standoff.cli import main

    def run(*arguments: str | Path, **extra: object):  # type: ignore[no-untyped-def]
        return CliRunner().invoke(main, [str(item) for item in arguments], obj=reader, **extra)  # type: ignore[arg-type]

    return run


@pytest.fixture
def maker() -> type[Maker]:
    return Maker
