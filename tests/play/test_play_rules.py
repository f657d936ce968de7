"""What an account says of the state of play: every rule of the file, near misses, odd sentences."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from functools import cache
from types import FrameType
from typing import Any

import attrs
import pytest

from standoff.play import Kind, rules
from standoff.play.model import KINDS
from standoff.record import Span
from standoff.store.model import Account
from tests.play.quarrel import Quarrel, day, told

#: Seconds after which a pattern counts as hanging; all of this file needs a few.
HANGING = 20

DEEDS = ("SANCTION", "COERCE", "MOBILIZE", "AID", "COOPERATE", "ASSAULT", "PROTEST")


@attrs.frozen
class Row:
    """An account, by what rules look at, and the states that it has, by kind."""

    type: str
    anchor: str
    sentence: str
    steps: dict[str, str]
    more: dict[str, Any]

    @property
    def account(self) -> Account:
        start = self.sentence.find(self.anchor)
        assert start >= 0, f"{self.anchor!r} is not in {self.sentence!r}"
        values: dict[str, Any] = {"source": ("ISL",), "target": ("NOR",)} | self.more
        return Account(
            "a1",
            "e1",
            "sha256:1",
            "e1",
            self.type,
            Span(start, start + len(self.anchor), self.anchor),
            (0, len(self.sentence)),
            self.sentence,
            **values,
        )

    def __str__(self) -> str:
        found = ",".join(f"{kind}={state}" for kind, state in self.steps.items()) or "nothing"
        return f"{self.type} {self.sentence[:40]} {found}"


def row(type_: str, anchor: str, sentence: str, *steps: str, **more: Any) -> Row:
    """Return a row; its steps are written as ``kind: state``."""
    return Row(type_, anchor, sentence, dict(step.split(": ") for step in steps), more)


def together(type_: str, anchor: str, sentence: str, *steps: str, **more: Any) -> Row:
    """Return a row of something that both parties do, each with the other."""
    both = ("ISL", "NOR")
    return row(type_, anchor, sentence, *steps, source=both, target=both, **more)


#: Types by which talks are suspended or broken off, and what else they say.
OF_TALKS = (("CONSULT", ()), ("SANCTION", ("measures: in force",)), ("REJECT", ()))

ROWS = [
    # Talks.
    together("CONSULT", "talks", "Their talks on Tuesday were cancelled.", "talks: called off",
             status="cancelled"),
    together("CONSULT", "summit", "The summit has been put off to May.", "talks: postponed",
             status="postponed"),
    together("CONSULT", "meet", "Oslo will not meet anybody on that.", "talks: refused",
             status="denied"),
    together("CONSULT", "talks", "Reykjavik refuses to hold such talks.", "talks: refused",
             status="denied"),
    together("CONSULT", "meeting", "She declined a meeting, and had no\nwish for one.",
             "talks: refused", status="denied"),
    together("CONSULT", "met", "Oslo denied that the two had ever met.", "talks: denied",
             status="denied"),
    *(row(type_, "suspended", "Iceland suspended all peace talks with Norway.",
          "talks: suspended", *more) for type_, more in OF_TALKS),
    *(row(type_, "broke off", "Iceland broke off its talks with Norway.", "talks: broken off",
          *more) for type_, more in OF_TALKS),
    together("CONSULT", "round", "The round stands still.", "talks: suspended",
             aspect="suspended"),
    together("CONSULT", "talks", "The talks ended without a word.", "talks: broken off",
             status="ended", aspect="ended"),
    together("CONSULT", "talks", "Oslo asked for talks on herring.", "talks: proposed",
             status="requested"),
    together("CONSULT", "meet", "The two ministers could meet in June.", "talks: proposed",
             status="hypothetical"),
    together("CONSULT", "Inviting", "Inviting him to Tromso, she smiled.", "talks: proposed"),
    together("CONSULT", "invitation", "He has her invitation to Tromso.", "talks: proposed",
             status="planned"),
    together("CONSULT", "talks", "Both sides will hold talks on Friday.", "talks: scheduled",
             status="planned"),
    together("CONSULT", "meet", "Oslo promised to meet the envoys.", "talks: scheduled",
             status="promised"),
    together("CONSULT", "met", "The two met in a lighthouse.", "talks: held"),
    together("CONSULT", "talks", "The talks are over.", "talks: held", status="ended"),
    row("REJECT", "pulled out", "Iceland pulled out of the meeting in Tromso.",
        "talks: called off", mode="meet"),
    row("REJECT", "CANCELLED", "Iceland CANCELLED the meeting.", "talks: called off", mode="meet"),
    row("REJECT", "snubbed", "Iceland snubbed the conference on herring.", "talks: refused",
        mode="meet"),
    row("REJECT", "declined", "Iceland declined the offer of a new summit.",
        "talks: refused", "demands: refused"),
    row("REQUEST", "urged", "Iceland urged Norway to come to the table.",
        "talks: proposed", "demands: open", mode="meet"),
    # Measures: suspended, ended, halted, done, lifted, resumed, in force.
    *(row(type_, "work", "Its work has been suspended.", "measures: suspended",
          aspect="suspended") for type_ in (*DEEDS[:5], "CONCEDE", "RETREAT")),
    *(row(type_, "work", "Its work has come to an end.", "measures: ended",
          aspect="ended") for type_ in DEEDS),
    *(row(type_, "work", "Its work is over.", "measures: ended", status="ended")
      for type_ in DEEDS),
    row("RETREAT", "blockade", "The blockade was called off for good.", "measures: ended",
        aspect="ended"),
    row("RETREAT", "truce", "Iceland ordered a truce at sea.", "measures: halted",
        mode="ceasefire"),
    *(row("RETREAT", "did", f"Iceland did so ({mode}).", "measures: done", mode=mode)
      for mode in ("release", "return", "disarm", "access", "withdraw")),
    row("CONCEDE", "lifted", "Iceland lifted its ban on Norwegian boats.", "measures: lifted"),
    row("RETREAT", "turned back", "The patrol turned back at dawn.", "measures: done"),
    *(row(type_, "work", "The work has been taken up anew.", "measures: resumed",
          aspect="resumed") for type_ in DEEDS[:6]),
    *(row(type_, "tax", "Iceland put a tax on Norwegian salmon.", "measures: in force")
      for type_ in ("SANCTION", "COERCE", "MOBILIZE", "AID", "PROTEST")),
    row("COOPERATE", "exercise", "Iceland held an exercise with its friends.",
        "measures: in force", contexts=("environment", "military")),
    # Commitments.
    row("AGREE", "word", "Iceland went back on its word.",
        "commitments: broken"),
    row("ACCUSE", "accused", "Norway accused Iceland of breaching a pledge.",
        "commitments: broken"),
    row("CONCEDE", "reopened", "Keeping an earlier promise, Iceland reopened the port.",
        "measures: lifted", "commitments: kept"),
    row("AGREE", "undertaking", "Iceland honoured that undertaking.",
        "commitments: kept"),
    *(row(type_, "will", "Iceland said it will do that much.", "commitments: open",
          status="promised") for type_ in ("CONCEDE", "RETREAT", "AID", "SUPPORT", "COOPERATE")),
    row("AID", "will send", "Iceland will send tugs on Sunday.", "commitments: open",
        status="planned"),
    row("AGREE", "promised", "Iceland promised Norway a new buoy.", "commitments: open"),
    # Demands.
    row("REQUEST", "demand", "Its demand for maps was fully met.", "demands: met"),
    row("REQUEST", "demands", "Iceland has granted the demands.", "demands: met"),
    *(row("REJECT", anchor, f"Iceland {anchor} that.", "demands: refused")
      for anchor in ("refused", "rejected", "turned down", "dismissed", "brushed aside",
                     "ruled out", "spurned", "rebuffed", "ignored", "defied", "denied",
                     "vetoed", "opposed", "did not respond to", "waved away")),
    row("REQUEST", "demanded", "Iceland demanded the trawler back.", "demands: open"),
    # Threats.
    row("THREATEN", "threat", "Iceland has dropped the threat.", "threats: withdrawn"),
    row("CONCEDE", "took back", "The minister took back, to the relief of both, his ultimatum.",
        "measures: lifted", "threats: withdrawn"),
    row("SANCTION", "tax", "Iceland put a tax on salmon, carrying out a threat of May.",
        "measures: in force", "threats: carried out"),
    row("THREATEN", "threatened", "Iceland threatened to cut the cable.", "threats: standing"),
    # Agreements.
    row("REJECT", "tore up", "Iceland tore up the treaty on herring.", "agreements: ended"),
    row("SANCTION", "pulled out", "Iceland pulled out of an old fishing pact.",
        "measures: in force", "agreements: ended"),
    row("SANCTION", "suspended", "Iceland suspended the agreement on quotas.",
        "measures: in force", "agreements: suspended"),
    together("AGREE", "signed", "Both signed a treaty.", "agreements: in force"),
    together("SUPPORT", "hailed", "Both hailed their pact.", "agreements: in force"),
]  # fmt: skip

MISSES = [
    row("ACCUSE", "accused", "Iceland accused Norway of greed."),
    row("ASSAULT", "fired", "Iceland fired at a trawler."),
    row("COOPERATE", "surveyed", "Iceland surveyed the shelf.", contexts=("environment",)),
    row("SUPPORT", "praised", "Iceland praised Norway."),
    # Only deeds that are done, or not yet done by a promise, stand anywhere.
    *(row(type_, "work", "Such work is spoken of.", status=status)
      for type_ in DEEDS
      for status in ("threatened", "requested", "hypothetical", "denied", "cancelled",
                     "postponed")),
    row("SANCTION", "tax", "Iceland plans a tax on salmon.", status="planned"),
    row("RETREAT", "withdraw", "Norway wants Iceland to withdraw.", status="requested"),
    row("CONCEDE", "lift", "Iceland did not lift the ban.", status="denied"),
    row("PROTEST", "rally", "The rally was suspended.", "measures: in force", aspect="suspended"),
    # A protest is never resumed, an assault never in force.
    row("ASSAULT", "shelling", "The shelling goes on.", aspect="continued"),
    # What is only wanted, planned or denied was not said.
    *(row(type_, "demand", "They speak of a demand.", status=status)
      for type_ in ("REQUEST", "REJECT", "THREATEN", "AGREE")
      for status in ("planned", "denied", "hypothetical")),
    # No word for turning down.
    row("REJECT", "scoffed", "Iceland scoffed."),
    # A refusal of something else than talks.
    row("REJECT", "rejected", "Iceland rejected the bill.", "demands: refused"),
    # Talks are too far from the refusal: more than 40 characters.
    row("REJECT", "refused", f"Iceland refused {'herring and ' * 4}talks.", "demands: refused"),
    together("AGREE", "sign", "Both will sign a treaty.", status="planned"),
    row("SUPPORT", "joined", "Iceland joined Norway.", source=("ISL", "NOR")),
    # Words that only look like those of a rule.
    row("ACCUSE", "row", "The outbroken row: a promise, she said."),
    row("ACCUSE", "broke", "Iceland broke its own record of the past years; the promise is old."),
    row("ACCUSE", "withdrew", f"Iceland withdrew {'one boat and ' * 5}made a threat."),
    row("ACCUSE", "drill", "Iceland carried out a drill, after which it made another threat."),
    row("ACCUSE", "tore up", "Iceland tore up the treaty."),
    row("SANCTION", "haggling", "Iceland ended a day of haggling that led to no agreement.",
        "measures: in force"),
    row("SANCTION", "suspended", "Iceland suspended a captain.", "measures: in force"),
]  # fmt: skip


@pytest.mark.parametrize("given", [*ROWS, *MISSES], ids=str)
def test_an_account_says_this_of_the_state_of_play(given: Row) -> None:
    assert {step.kind: step.state for step in rules.steps(given.account)} == given.steps


@cache
def decided() -> dict[tuple[Kind, int], set[str]]:
    """Return the types of the accounts of `ROWS` that each rule is the first to fit."""
    found: dict[tuple[Kind, int], set[str]] = {}
    for each in ROWS:
        for kind in KINDS:
            fitting = (n for n, rule in enumerate(rules._rules(kind)) if rule.fits(each.account))
            number = next(fitting, None)
            if number is not None:
                found.setdefault((kind, number), set()).add(each.type)
    return found


@pytest.mark.parametrize(
    ("kind", "number"),
    [(kind, number) for kind in KINDS for number in range(len(rules.table(kind)))],
    ids=lambda value: str(value),
)
def test_every_rule_of_the_file_decides_some_account_of_each_type_that_it_names(
    kind: Kind, number: int
) -> None:
    rule = rules.table(kind)[number]

    types = decided().get((kind, number), set())

    assert types, f"no row here is decided by {rule}"
    assert types >= set(rule.get("type", ())), f"no row of some type is decided by {rule}"


def test_a_step_has_the_day_of_its_event_and_tells_whether_the_text_dates_it() -> None:
    quarrel = Quarrel()
    dated, undated = quarrel.report(
        "2021-03-05",
        "Iceland taxed salmon on Tuesday. Iceland banned whisky.",
        told("SANCTION", "taxed", "ISL", "NOR", day="2021-03-02"),
        told("SANCTION", "banned", "ISL", "NOR"),
    )

    found = [(step.day, step.dated) for each in (dated, undated) for step in rules.steps(each)]

    assert found == [(day("2021-03-02"), True), (day("2021-03-05"), False)]


@pytest.mark.parametrize(
    "sentence",
    [
        "On Tuesday, breaking its promise, Iceland taxed salmon.",
        "Keeping a promise of May, Iceland taxed salmon on Tuesday.",
        "Iceland taxed salmon on Tuesday, carrying out its threat.",
        "Iceland taxed salmon on Tuesday and withdrew a threat.",
    ],
)
def test_what_words_say_of_a_claim_is_of_the_day_of_the_report(sentence: str) -> None:
    (account,) = Quarrel().report(
        "2021-03-05", sentence, told("SANCTION", "taxed", "ISL", "NOR", day="2021-03-02")
    )

    measure, claim = rules.steps(account)

    assert (measure.day, measure.dated) == (day("2021-03-02"), True)
    assert (claim.day, claim.dated) == (day("2021-03-05"), False)


def test_what_no_report_dates_has_a_step_without_a_day() -> None:
    (account,) = Quarrel().report(
        None, "Iceland, breaking its word, taxed salmon.", told("SANCTION", "taxed", "ISL", "NOR")
    )

    assert [(step.day, step.dated) for step in rules.steps(account)] == [(None, False)] * 2


@pytest.mark.parametrize(
    ("source", "target", "mutual"),
    [
        (("ISL", "NOR"), ("NOR", "ISL"), True),
        (("ISL",), ("ISL",), False),
        (("ISL", "NOR"), ("NOR",), False),
        # "The two countries signed it" names nobody else.
        (("ISL", "NOR"), (), True),
        (("ISL",), (), False),
        ((), (), False),
    ],
)
def test_mutual_is_what_all_parties_do_to_all_of_them(
    source: tuple[str, ...], target: tuple[str, ...], mutual: bool
) -> None:
    account = row("AGREE", "signed", "They signed.", source=source, target=target).account

    assert rules.is_mutual(account) is mutual
    assert {step.kind for step in rules.steps(account)} == {
        "agreements" if mutual else "commitments"
    }


# ------------------------------------------------------------------------------ odd sentences

LONG = 100_000
#: Words that begin what some pattern looks for, and never end it.
BEGINNINGS = (
    "x", "the ", "of the ", "the\t\n ", "'s ", "refus", "would ", "withdr", "dropp", "broke ",
    "keep keep", "carry out ", "tore up ", "suspend", "n't", "a, ", "; ", "who ", "“", ".", ".\" ",
    "not ", "by ", "cancel ", "reject talk", "\n", " ", "é", "\N{COMBINING ACUTE ACCENT}", "\0",
)  # fmt: skip
ODD = [
    "",
    " ",
    "\n\n",
    "\0",
    ".",
    "“”",
    "\ud800",
    "𝒪" * LONG,
    *(b * (LONG // len(b)) for b in BEGINNINGS),
]


@contextlib.contextmanager
def not_hanging() -> Iterator[None]:
    """Stop what takes longer than any number of honest steps could.

    This is no measure of speed: a pattern that tries all ways to split a sentence would never end.
    """

    def stop(_: int, __: FrameType | None) -> None:
        raise TimeoutError(f"not done after {HANGING} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(HANGING)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def name_of(sentence: str) -> str:
    return f"{len(sentence)} of {sentence[:12]!r}"


def odd(sentence: str, type_: str, **more: Any) -> Account:
    """Return an account whose anchor stands behind all of an odd sentence."""
    text = f"{sentence} end"
    values: dict[str, Any] = {"source": ("ISL",), "target": ("NOR",)} | more
    anchor = Span(len(text) - 3, len(text), "end")
    return Account("a1", "e1", "sha256:1", "e1", type_, anchor, (0, len(text)), text, **values)


@pytest.mark.parametrize("sentence", ODD, ids=name_of)
def test_no_sentence_makes_a_rule_hang_or_fail(sentence: str) -> None:
    with not_hanging():
        for type_ in ("CONSULT", "REJECT", "SANCTION", "THREATEN", "AGREE"):
            for status in ("actual", "denied"):
                account = odd(sentence, type_, status=status)
                for step in rules.steps(account):
                    assert step.state in {entry["state"] for entry in rules.table(step.kind)}


@pytest.mark.parametrize("sentence", ODD, ids=name_of)
def test_no_sentence_makes_the_play_hang_or_fail(sentence: str) -> None:
    quarrel = Quarrel()
    one = odd(sentence, "SANCTION", published=day("2021-03-01"))
    two = odd(sentence, "THREATEN", published=day("2021-03-01"))
    same = attrs.evolve(one, id="a3", document="sha256:2", published=day("2021-03-02"))
    quarrel.accounts += [one, attrs.evolve(two, id="a2", event="e2"), same]

    with not_hanging():
        found = quarrel.on("2021-04-01")

    assert found.accounts == 3


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [(0, 0, (0, 0)), (5, 3, (0, 40)), (500, 510, (0, 40)), (-4, 3, (0, 40)), (3, 9, (20, 40))],
)
def test_an_anchor_outside_its_sentence_is_no_error(
    start: int, end: int, sentence: tuple[int, int]
) -> None:
    text = "Iceland has put a new tax on salmon now."
    account = Account(
        "a1", "e1", "sha256:1", "e1", "SANCTION", Span(start, end, "tax"), sentence, text,
        source=("ISL",), target=("NOR",), start=day("2021-03-01"), published=day("2021-03-02"),
    )  # fmt: skip
    quarrel = Quarrel()
    quarrel.accounts.append(account)

    (matter,) = quarrel.on("2021-03-02").of("measures")

    assert matter.state == "in force"
