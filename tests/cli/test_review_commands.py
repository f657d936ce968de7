"""``standoff review`` and ``standoff recode``: what they print, how they end, who decides."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from click.testing import Result

from standoff.errors import NotTextError
from standoff.language import model
from standoff.record import Document, ModelInfo, Record
from standoff.store import Account, Coder, Filter, Store
from training import annotated

if TYPE_CHECKING:
    from tests.cli.conftest import FakeReader

Run = Callable[..., Result]

OTHER = "Iceland called off its talks with Britain."
STAMP = r"\d{4}-\d\d-\d\d \d\d:\d\d"
#: Neither of them may say who runs the tests.
NOBODY = {"STANDOFF_CODER": None, "USER": None, "USERNAME": None}


@pytest.fixture
def path(tmp_path: Path, demo: Record) -> str:
    """Return the path of a store with the sample report in it."""
    where = str(tmp_path / "store.db")
    with Store.create(where) as store:
        store.add(demo)
    return where


@pytest.fixture
def review(run: Run, path: str) -> Run:
    """Return a function that runs a subcommand of `standoff review` on the store as Anna."""

    def review(name: str, *arguments: str, **extra: Any) -> Result:
        environment = {**NOBODY, "USER": "anna", **extra.pop("env", {})}
        return run("review", name, path, *arguments, env=environment, **extra)

    return review


def account(path: str, words: str) -> Account:
    """Return the first account whose predicate are these words."""
    with Store.open(path) as store:
        return next(a for a in store.accounts(Filter(rejected=True)) if a.anchor.text == words)


def accounts(path: str) -> list[Account]:
    with Store.open(path) as store:
        return store.accounts(Filter(rejected=True))


def digest(path: str) -> str:
    with Store.open(path) as store:
        return store.digest()


def matches(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern.replace("STAMP", STAMP), text) is not None


def test_help_names_what_can_be_decided(run: Run) -> None:
    shown = run("review", "--help")

    assert shown.exit_code == 0
    names = ("accept", "reject", "restore", "correct", "add", "merge", "split", "history",
             "conflicts", "agreement", "examples")  # fmt: skip
    assert all(re.search(rf"^  {name}  ", shown.stdout, re.MULTILINE) for name in names)


class TestVerdicts:
    @pytest.mark.parametrize(
        ("name", "state"), [("accept", "accepted"), ("reject", "rejected"), ("restore", "open")]
    )
    def test_each_is_told_in_a_line(self, review: Run, path: str, name: str, state: str) -> None:
        one, other = account(path, "warned"), account(path, "released")

        result = review(name, one.id, other.id, "--why", "so I say")

        assert (result.exit_code, result.stderr) == (0, "")
        first, second = result.stdout.splitlines()
        assert matches(rf"1  STAMP  anna  {name}  {one.id}  \(so I say\)", first), first
        assert matches(rf"2  STAMP  anna  {name}  {other.id}  \(so I say\)", second), second
        assert {account(path, each).review for each in ("warned", "released")} == {state}

    def test_an_event_stands_for_its_accounts(self, review: Run, path: str) -> None:
        one, other = account(path, "warned"), account(path, "released")
        review("merge", one.event, other.event)

        result = review("reject", one.event, "--final")

        assert [line.split("  ")[4:] for line in result.stdout.splitlines()] == [
            [other.id, "final"], [one.id, "final"],
        ]  # fmt: skip

    def test_unknown_ids_end_it(self, review: Run, path: str) -> None:
        before = digest(path)

        result = review("accept", "azzzz")

        assert (result.exit_code, result.stdout) == (3, "")
        assert result.stderr == "standoff: there is no account 'azzzz' in this store\n"
        assert digest(path) == before

    def test_gone_ids_lead_on(self, review: Run, path: str) -> None:
        kept, gone = account(path, "warned").event, account(path, "released").event
        review("merge", kept, gone)

        result = review("accept", gone)

        assert result.exit_code == 3
        assert result.stderr == (
            f"standoff: the event {gone} is gone (merged by anna); it is now {kept}\n"
        )


class TestWho:
    def decided_by(self, path: str, id_: str) -> str:
        with Store.open(path) as store:
            return store.history(id_)[-1].by

    @pytest.mark.parametrize(
        ("options", "environment", "by"),
        [
            ([], {"STANDOFF_CODER": "Carla", "USER": "anna"}, "Carla"),
            (["--by", "Ben"], {"STANDOFF_CODER": "Carla", "USER": "anna"}, "Ben"),
            ([], {"USER": "anna", "USERNAME": "ann"}, "anna"),
            ([], {"USERNAME": "ann"}, "ann"),
        ],
    )
    def test_the_coder_is_the_one_named_else_the_login_name(
        self, run: Run, path: str, options: list[str], environment: dict[str, str], by: str
    ) -> None:
        id_ = account(path, "warned").id

        result = run("review", "accept", path, id_, *options, env={**NOBODY, **environment})

        assert result.exit_code == 0
        assert self.decided_by(path, id_) == by

    def test_somebody_must_decide(self, run: Run, path: str) -> None:
        id_ = account(path, "warned").id

        unnamed = run("review", "accept", path, id_, env=NOBODY)
        blank = run("review", "accept", path, id_, "--by", " ", env=NOBODY)

        assert unnamed.exit_code == 2
        assert "Missing option '--by'" in unnamed.stderr
        assert blank.exit_code == 3
        assert blank.stderr == "standoff: a decision needs somebody who takes it; say who\n"
        assert account(path, "warned").review == "open"


class TestCorrect:
    def test_a_line_says_what_changed(self, review: Run, path: str) -> None:
        id_ = account(path, "warned").id

        result = review("correct", id_, "type=accuse", "target=gbr, nor", "place=Hull", "start=")

        assert result.exit_code == 0
        assert matches(
            rf"1  STAMP  anna  correct  {id_}  type THREATEN → ACCUSE, target GBR → GBR\+NOR, "
            r"place none → Hull, start 1976-02-15 → none\n",
            result.stdout,
        ), result.stdout
        now = account(path, "warned")
        assert (now.type, now.target, now.place, now.start) == (
            "ACCUSE", ("GBR", "NOR"), "Hull", None,
        )  # fmt: skip

    def test_a_value_may_hold_the_sign_that_divides(self, review: Run, path: str) -> None:
        review("correct", account(path, "warned").id, "place=a=b")

        assert account(path, "warned").place == "a=b"

    @pytest.mark.parametrize(
        ("change", "code", "words"),
        [
            ("type", 2, "'type' is no FIELD=VALUE"),
            ("colour=red", 3, "'colour' cannot be corrected; fields are type, mode"),
            ("type=QUARREL", 3, "unknown event type 'QUARREL'"),
            ("start=Monday", 3, "start='Monday' is no day; write it as 2018-11-09"),
            ("source=the Icelanders", 3, "'the Icelanders' is no id of an actor"),
            ("place=\udcff", 3, "holds a NUL or half a surrogate pair"),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, review: Run, path: str, change: str, code: int, words: str
    ) -> None:
        before = digest(path)

        result = review("correct", account(path, "warned").id, "status=denied", change)

        assert (result.exit_code, result.stdout) == (code, "")
        assert words in result.stderr
        assert digest(path) == before


class TestAdd:
    def test_an_event_is_added_by_its_words(self, review: Run, path: str, demo: Record) -> None:
        result = review("add", demo.document.id, "harassing", "type=coerce", "source=ISL",
                        "target=GBR")  # fmt: skip

        assert result.exit_code == 0
        made = account(path, "harassing")
        assert result.stdout == f"{made.id}  COERCE actual  ISL → GBR  “harassing”\n"
        assert (made.origin, made.review) == ("human", "accepted")

    def test_words_that_stand_twice_want_a_place(
        self, review: Run, path: str, demo: Record
    ) -> None:
        text, document = demo.document.text, demo.document.id
        count, last = text.count("Iceland"), text.rindex("Iceland")
        assert count > 1

        unplaced = review("add", document, "Iceland", "type=AID")
        misplaced = review("add", document, "Iceland", "type=AID", "--start", str(last + 1))
        absent = review("add", document, "Atlantis", "type=AID")
        assert {each.exit_code for each in (unplaced, misplaced, absent)} == {2}
        assert f"'Iceland' stands {count} times there; say where with --start" in unplaced.stderr
        assert f"'Iceland' does not stand at {last + 1}" in misplaced.stderr
        assert "'Atlantis' does not stand there" in absent.stderr
        placed = review("add", document[:20], "Iceland", "type=AID", "--start", str(last))

        assert placed.exit_code == 0
        assert account(path, "Iceland").anchor.start == last

    def test_what_cannot_be_is_refused(self, review: Run, path: str, demo: Record) -> None:
        before = digest(path)

        untyped = review("add", demo.document.id, "harassing", "status=planned")
        nowhere = review("add", "sha256:beef", "harassing", "type=AID")

        assert (untyped.exit_code, nowhere.exit_code) == (3, 3)
        assert "an event needs a type" in untyped.stderr
        assert "no such document" in nowhere.stderr
        assert digest(path) == before


class TestMergeAndSplit:
    def test_events_are_merged_and_split_again(self, review: Run, path: str) -> None:
        one, other = account(path, "warned"), account(path, "released")

        merged = review("merge", one.event, other.event)
        split = review("split", one.event, other.id)

        assert (merged.exit_code, merged.stdout) == (0, f"{one.event}: 2 accounts\n")
        assert split.exit_code == 0
        assert split.stdout == f"{account(path, 'released').event}\n"
        assert account(path, "warned").event == one.event
        assert account(path, "released").event not in (one.event, other.event)

    def test_what_cannot_be_is_refused(self, review: Run, path: str) -> None:
        one, other = account(path, "warned"), account(path, "released")
        before = digest(path)

        alone = review("merge", one.event)
        stranger = review("split", one.event, other.id)
        unnamed = review("split", one.event)

        assert [each.exit_code for each in (alone, stranger, unnamed)] == [3, 3, 2]
        assert "it takes two events to merge" in alone.stderr
        assert f"account {other.id} is not of event {one.event}" in stranger.stderr
        assert digest(path) == before


class TestHistory:
    def test_all_decisions_are_shown_the_oldest_first(self, review: Run, path: str) -> None:
        one, other = account(path, "warned"), account(path, "released")
        review("correct", one.id, "source=", "--why", "nobody is named")
        review("reject", other.id, "--by", "ben")
        review("merge", one.event, other.event, "--final")

        result = review("history", one.event)

        assert result.exit_code == 0
        patterns = (
            rf"1  STAMP  anna  correct  {one.id}  source \S+ → none  \(nobody is named\)",
            rf"2  STAMP  ben  reject  {other.id}",
            rf"3  STAMP  anna  merge  {one.event}  accounts none → {other.event}: {other.id}"
            "  final",
        )
        lines = result.stdout.splitlines()
        assert len(lines) == 3
        assert all(matches(*pair) for pair in zip(patterns, lines, strict=True)), lines
        of_one = review("history", one.id).stdout.splitlines()
        assert of_one == lines[:1]

    def test_nothing_decided_is_nothing_shown(self, review: Run, path: str) -> None:
        result = review("history", account(path, "warned").id)

        assert (result.exit_code, result.output) == (0, "")

    def test_unknown_ids_are_told(self, review: Run) -> None:
        result = review("history", "azzzz")

        assert result.exit_code == 3
        assert "azzzz" in result.stderr

    def test_nothing_steers_the_terminal(self, review: Run, path: str) -> None:
        id_ = account(path, "warned").id
        review("reject", id_, "--why", "\x1b[31mred\x1b[0m\nand a line", "--by", "an\u202ena")

        (line,) = review("history", id_).stdout.splitlines()

        assert matches(rf"1  STAMP  anna  reject  {id_}  \(red and a line\)", line), line


class TestAgreement:
    @pytest.fixture
    def coded(self, path: str) -> str:
        """Return the store with four accounts that two coders have coded."""
        chosen = [account(path, words) for words in ("warned", "released", "withdrew", "demands")]
        said = (("ben", "AID AID REJECT AID"), ("carla", "AID AID REJECT REJECT"))
        with Store.open(path) as store:
            for by, types in said:
                for each, type_ in zip(chosen, types.split(), strict=True):
                    store.correct(each.id, {"type": type_}, Coder(by))
        return path

    def test_conflicts_end_with_one(self, review: Run, coded: str) -> None:
        demands = account(coded, "demands")

        result = review("conflicts")

        assert result.exit_code == 1
        head, sentence = result.stdout.splitlines()
        assert head == f"{demands.id}  type  ben: AID; carla: REJECT"
        assert sentence.startswith("    ")
        assert sentence.strip().rstrip("…") in " ".join(demands.sentence_text.split())

    def test_a_final_decision_settles_them(self, review: Run, coded: str) -> None:
        review("correct", account(coded, "demands").id, "type=REQUEST", "--final")

        result = review("conflicts")

        assert (result.exit_code, result.output) == (0, "")

    def test_alpha_of_each_field(self, review: Run, coded: str) -> None:
        result = review("agreement")

        assert result.exit_code == 0
        lines = result.stdout.splitlines()
        # Five AID and three REJECT, one pair of four apart: 1 - (2/8) / (30/56).
        assert "type       0.533   4 accounts, 2 coders" in lines
        assert "event          -   4 accounts, 2 coders" in lines
        assert len(lines) == 12

    def test_alpha_as_json(self, review: Run, coded: str) -> None:
        result = review("agreement", "--format", "json")

        rows = {row["field"]: row for row in json.loads(result.stdout)}
        assert rows["type"] == {"field": "type", "alpha": 0.5333, "accounts": 4, "coders": 2}
        assert rows["event"]["alpha"] is None


def test_examples_are_lines_to_train_from(review: Run, path: str) -> None:
    nothing = review("examples")
    review("accept", account(path, "warned").id)
    review("reject", account(path, "released").id)

    result = review("examples")

    assert (nothing.exit_code, nothing.output) == (0, "")
    assert result.exit_code == 0
    passages = [annotated.passage(json.loads(line)) for line in result.stdout.splitlines()]
    told = [(p.text[slice(*each.predicate)], each.type) for p in passages for each in p.told]
    assert sorted(told) == [("released", "NONE"), ("warned", "THREATEN")]


class TestRecode:
    @pytest.fixture
    def current(self) -> ModelInfo:
        """Return what names the weights of this installation; they read nothing."""
        return model.shared().info

    @pytest.fixture
    def newer(self, demo: Record, reader: FakeReader, current: ModelInfo) -> Record:
        """Return what the reader finds in the sample now: one event more, one less, one changed."""
        held = list(demo.events)
        (warned,) = (each for each in held if each.anchor.text == "warned")
        (released,) = (each for each in held if each.anchor.text == "released")
        held[held.index(warned)] = attrs.evolve(warned, type="ACCUSE")
        held.remove(released)
        words = demo.document.text.index("harassing")
        anchor = demo.document.span(words, words + len("harassing"))
        held.append(attrs.evolve(warned, id="e99", type="COERCE", anchor=anchor,
                                 mentions=(anchor,)))  # fmt: skip
        reader.record = attrs.evolve(demo, events=tuple(held), model=current)
        return reader.record

    def test_documents_of_other_weights_are_read_again(
        self, run: Run, path: str, demo: Record, newer: Record
    ) -> None:
        warned, released = account(path, "warned"), account(path, "released")
        kept = len(demo.events) - 1
        run("review", "correct", path, warned.id, "target=NOR", "--by", "anna")

        result = run("recode", path)

        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == (
            f"1 documents read again: {kept} accounts kept, 1 new, 1 gone, 0 kept for a human "
            "decision only; 0 failed\n"
        )
        now = account(path, "warned")
        assert (now.id, now.type, now.target) == (warned.id, "ACCUSE", ("NOR",))
        assert account(path, "harassing").type == "COERCE"
        assert "newer model does not find it" in run("review", "accept", path, released.id,
                                                     "--by", "anna").stderr  # fmt: skip
        with Store.open(path) as store:
            assert store.record(demo.document.id) == newer
            assert store.problems() == []

    def test_these_weights_read_nothing_twice_unless_asked(
        self, run: Run, path: str, newer: Record, reader: FakeReader
    ) -> None:
        run("recode", path)
        reads, before = len(reader.dates), digest(path)

        again = run("recode", path)
        everything = run("recode", path, "--all")

        assert again.stdout.startswith("0 documents read again: 0 accounts kept")
        assert everything.stdout.startswith(
            f"1 documents read again: {len(newer.events)} accounts kept, 0 new, 0 gone"
        )
        assert len(reader.dates) == reads + 1
        assert digest(path) == before

    def test_what_a_human_decided_on_stays(self, run: Run, path: str, newer: Record) -> None:
        id_ = account(path, "released").id
        run("review", "accept", path, id_, "--by", "anna")

        result = run("recode", path)

        assert "0 gone, 1 kept for a human decision only" in result.stdout
        assert account(path, "released").id == id_

    def test_what_cannot_be_read_is_told_and_left_as_it_was(
        self, run: Run, path: str, newer: Record, reader: FakeReader
    ) -> None:
        with Store.open(path) as store:
            store.add(Record(Document(OTHER, title="Talks off")))
        read_many = reader.read_many

        def failing(sources: Iterable[Path | Document], date: Any = None) -> Iterator[Any]:
            for source in sources:
                if isinstance(source, Document) and source.text == OTHER:
                    yield Unread("Talks off", NotTextError("nobody can read it", "Talks off"))
                else:
                    yield from read_many([source], date)

        reader.read_many = failing  # type: ignore[method-assign]

        result = run("recode", path)

        assert result.exit_code == 1
        assert result.stderr == "standoff: Talks off: nobody can read it\n"
        assert result.stdout.startswith("1 documents read again: ")
        assert result.stdout.endswith("; 1 failed\n")
        assert account(path, "warned").type == "ACCUSE"
        with Store.open(path) as store:
            assert store.document(Document(OTHER).id).model is None
            assert store.problems() == []

    def test_without_a_store_there_is_nothing_to_read_again(self, run: Run, tmp_path: Path) -> None:
        result = run("recode", tmp_path / "missing.db")

        assert result.exit_code == 3
        assert "there is no store here" in result.stderr


@attrs.frozen
class Unread:
    """What a reader gives in place of a record."""

    name: str
    error: NotTextError
