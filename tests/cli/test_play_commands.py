"""Commands that tell of a dispute: brief, timeline, ledger, dispute, show."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from standoff.record import Actor
from standoff.store import Account, Coder, Filter, Store
from tests.play.quarrel import Quarrel, Said, Tied, talks, told

Run = Callable[..., Result]

OFFICE, MINISTRY = "ISL.GOV.OFFICE", "NOR.GOV.MINISTRY"
BETWEEN = ("--between", "ISL", "NOR")
SECTIONS = ["Talks", "Given", "Pressure", "Demands", "Threats", "Said", "Balance"]


def spring() -> Quarrel:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-03",
        "Iceland put a tax on salmon on March 2. Talks are set for March 19 in Tromso. Norway "
        "threatened to bar ferries if the tax stays. Norway demanded maps of the shelf.",
        told("SANCTION", "put a tax", "ISL", "NOR", day="2021-03-02", quad=4, goldstein=-6.0),
        talks("Talks", status="planned", day="2021-03-19", place=("Tromso", "NOR"), quad=1),
        told("THREATEN", "threatened", "NOR", "ISL", quad=3, goldstein=-5.0),
        told("COERCE", "bar ferries", "NOR", "ISL", status="threatened", quad=4),
        told("REQUEST", "demanded", "NOR", "ISL", quad=3),
        tied=[Tied("bar ferries", "if", "the tax stays", "NOR")],
        title="Salmon taxed",
    )
    quarrel.report(
        "2021-03-17",
        "The office said that Norway called off the talks on March 19. The ministry said that it "
        "was Iceland who cancelled the meeting. “We are patient,” the office said.",
        talks("talks", status="cancelled", day="2021-03-19", quad=3),
        talks("meeting", status="cancelled", day="2021-03-19", quad=3),
        paper="The Fathom",
        title="No talks",
        said=[
            Said(OFFICE, "said", "Norway called off the talks on March 19"),
            Said(MINISTRY, "said", "it was Iceland who cancelled the meeting", via="MEDIA.BBC"),
            Said(OFFICE, "said", "We are patient,", kind="direct"),
        ],
        actors=(
            Actor(OFFICE, "Prime Minister’s Office", "ISL"),
            Actor(MINISTRY, "the ministry of fish", "NOR"),
            Actor("MEDIA.BBC", "BBC"),
        ),
    )
    quarrel.report(
        "2021-04-07",
        "Iceland freed the trawler Havorn on April 6.",
        told("RETREAT", "freed", "ISL", "NOR", mode="release", day="2021-04-06", quad=2,
             goldstein=7.0),
        paper=None,
    )  # fmt: skip
    return quarrel


@pytest.fixture
def store(tmp_path: Path) -> str:
    """Return the path of a store in which all reports of the spring are."""
    return kept(tmp_path, spring())


def kept(folder: Path, quarrel: Quarrel) -> str:
    path = str(folder / "store.db")
    with Store.create(path) as made:
        quarrel.stored(made)
    return path


def accounts(path: str) -> list[Account]:
    with Store.open(path) as opened:
        return opened.accounts(Filter())


def flat(text: str) -> str:
    return " ".join(text.split())


class Page(HTMLParser):
    """What a browser would see: elements, where they point, and the words."""

    VOID = frozenset({"meta", "br", "link"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.words += data

    def targets(self, name: str) -> set[str]:
        return {value or "" for key, value in self.attributes if key == name}


# --------------------------------------------------------------------------------------- brief


def test_brief_tells_each_section_with_its_sentences(run: Run, store: str) -> None:
    result = run("brief", store, *BETWEEN)

    assert (result.exit_code, result.stderr) == (0, "")
    text = flat(result.stdout)
    assert text.startswith("Iceland and Norway: the state of play on 7 April 2021, as then known")
    places = [text.index(title) for title in SECTIONS]
    assert places == sorted(places)
    assert "Called off: Iceland and Norway, Tromso, on 19 March 2021" in text
    assert "in force since 2 March 2021" in text
    assert "if “the tax stays”" in text
    assert "through BBC" in text
    assert "“We are patient”" in text
    assert re.search(r"\[1\] .*Harbour Post, (Salmon taxed|The Fathom)|The Fathom, No talks", text)


def test_brief_on_a_day_knows_nothing_later(run: Run, store: str) -> None:
    early = flat(run("brief", store, *BETWEEN, "--on", "2021-03-05").stdout)
    late = flat(run("brief", store, *BETWEEN, "--on", "2021-03-18").stdout)

    assert "5 March 2021, as then known" in early
    assert "Scheduled: Iceland and Norway" in early
    assert "Called off" not in early.partition("Sentences")[0]
    assert "Called off: Iceland and Norway" in late
    assert "freed" not in late


def test_brief_with_hindsight_says_so(run: Run, store: str) -> None:
    result = run("brief", store, *BETWEEN, "--on", "2021-04-06", "--hindsight")

    assert "6 April 2021, as known now" in flat(result.stdout)
    assert "freed the trawler" in flat(result.stdout)


def test_brief_tells_last_what_became_known_later(run: Run, store: str) -> None:
    text = flat(run("brief", store, *BETWEEN, "--on", "2021-04-06").stdout)

    assert "as then known" in text
    assert text.index("Known only later") > text.index("Balance")


def test_brief_as_json_has_all_that_the_page_has(run: Run, store: str) -> None:
    result = run("brief", store, *BETWEEN, "--format", "json")

    made = json.loads(result.stdout)
    assert made["parties"] == ["ISL", "NOR"]
    assert (made["on"], made["known"]) == ("2021-04-07", "2021-04-07")
    assert [section["title"] for section in made["sections"]] == SECTIONS
    texts = {record.document.id: record.document.text for record in spring().records}
    for citation in made["citations"]:
        span = citation["span"]
        assert texts[citation["document"]][span["start"] : span["end"]] == span["text"]
    assert {c["published"] for c in made["citations"]} == {
        "2021-03-03", "2021-03-17", "2021-04-07",
    }  # fmt: skip


def test_brief_as_markdown_numbers_its_sentences(run: Run, store: str) -> None:
    lines = run("brief", store, *BETWEEN, "--format", "md").stdout.splitlines()

    assert lines[0].startswith("# Iceland and Norway: the state of play")
    assert [line[3:] for line in lines if line.startswith("## ")] == [*SECTIONS, "Sentences"]
    numbers = [int(line.partition(".")[0]) for line in lines if re.match(r"\d+\. ", line)]
    assert numbers == [*range(1, len(numbers) + 1)]
    cited = {int(n) for line in lines for m in re.findall(r" \[([\d, ]+)\]$", line)
             for n in m.split(", ")}  # fmt: skip
    assert cited == set(numbers)


def test_brief_as_html_is_one_page_whose_links_lead_to_its_sentences(
    run: Run, store: str, tmp_path: Path
) -> None:
    path = tmp_path / "brief.html"
    result = run("brief", store, *BETWEEN, "--format", "html", "--output", path)

    assert (result.exit_code, result.stdout) == (0, "")
    page = Page(path.read_text("utf-8"))
    assert page.open in ([], ["html"])
    assert "script" not in page.tags
    assert {f"#{name}" for name in page.targets("id")} == page.targets("href")
    assert "src" not in {key for key, _ in page.attributes}
    for title in SECTIONS:
        assert title in page.words
    assert "Iceland put a tax on salmon on March 2." in page.words


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_brief_tells_the_same_in_every_format(run: Run, store: str, form: str) -> None:
    out = run("brief", store, *BETWEEN, "--format", form).stdout
    text = Page(out).words if form == "html" else out

    assert "in force since 2 March 2021" in flat(text)
    assert "Iceland freed the trawler Havorn on April 6." in flat(text)


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_brief_where_nothing_is_known_yet_is_no_error(run: Run, store: str, form: str) -> None:
    result = run("brief", store, *BETWEEN, "--on", "2020-01-01", "--format", form)

    assert (result.exit_code, result.stderr) == (0, "")
    assert "0 accounts in 0 reports" in flat(result.stdout)
    assert "Balance" not in result.stdout
    assert "Sentences" not in result.stdout


def test_brief_of_a_store_without_dates_asks_for_the_day(run: Run, tmp_path: Path) -> None:
    quarrel = Quarrel()
    quarrel.report(None, "Iceland taxed salmon.", told("SANCTION", "taxed", "ISL", "NOR"))
    path = kept(tmp_path, quarrel)

    asked = run("brief", path, *BETWEEN)

    assert asked.exit_code == 2
    assert "no report of the store is dated; say the day with --on" in asked.stderr
    assert run("brief", path, *BETWEEN, "--on", "2021-03-05").exit_code == 0


def test_parties_are_told_in_whatever_case(run: Run, store: str) -> None:
    assert (
        run("brief", store, "--between", "isl", " nor ").stdout
        == run("brief", store, *BETWEEN).stdout
    )


def test_three_parties_are_told_by_two_pairs(run: Run, tmp_path: Path) -> None:
    quarrel = spring()
    quarrel.report(
        "2021-04-08", "Britain taxed cod.", told("SANCTION", "taxed", "GBR", "ISL", quad=4)
    )
    path = kept(tmp_path, quarrel)

    result = run("brief", path, *BETWEEN, "--between", "ISL", "GBR")

    assert flat(result.stdout).startswith("Iceland, Norway and Britain:")


# ------------------------------------------------------------------------------- hostile reports

#: What a report may hold: markup, escape sequences, overrides of writing direction.
SCRIPT = "<script>alert(1)</script>"
HOSTILE = (
    f"{SCRIPT} <img src=x onerror=alert(2)> [a](javascript:alert(3)) `x` {{{{ 7*7 }}}} "
    "\x1b]0;owned\x07\x1b[31m \x9b31m \u202eevil [bold]loud[/bold]"
)
#: What would steer a terminal, wherever it is shown.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def hostile() -> Quarrel:
    quarrel = Quarrel()
    quarrel.report(
        "2021-03-03",
        f"Iceland put a tax {HOSTILE} on salmon on March 2. Norway said “{HOSTILE} never” to that.",
        told("SANCTION", "put a tax", "ISL.GOV.MINISTER", "NOR", day="2021-03-02", quad=4),
        told("REJECT", "never", "NOR", "ISL", quad=3),
        title=f"Title {HOSTILE}",
        paper=f"Paper {HOSTILE}",
        said=[Said("NOR", "said", f"{HOSTILE} never", kind="direct")],
        tied=[Tied("put a tax", "if", HOSTILE)],
        actors=(Actor("ISL.GOV.MINISTER", f"Minister {HOSTILE}", "ISL"),),
    )
    quarrel.report(
        "2021-03-04",
        f"The office said that the talks were called off. {HOSTILE} said that they took place.",
        talks("talks", f"ISL {MINISTRY}", status="cancelled", day="2021-03-04"),
        talks("they", f"ISL {MINISTRY}", day="2021-03-04"),
        paper=f"Other {HOSTILE}",
        said=[
            Said(OFFICE, "said", "the talks were called off"),
            Said(MINISTRY, "said", "they took place", via="MEDIA.X"),
        ],
        actors=(
            Actor(MINISTRY, f"Ministry {HOSTILE}", "NOR"),
            Actor("MEDIA.X", f"Outlet {HOSTILE}"),
        ),
    )
    return quarrel


@pytest.fixture
def trap(tmp_path: Path) -> str:
    return kept(tmp_path, hostile())


def test_a_hostile_report_is_harmless_as_html(run: Run, trap: str) -> None:
    text = run("brief", trap, *BETWEEN, "--format", "html").stdout
    page = Page(text)

    assert not STEERING.search(text)
    assert page.tags <= {
        "html", "meta", "title", "style", "h1", "h2", "p", "section", "ul", "ol", "li", "sup", "a",
        "cite",
    }  # fmt: skip
    assert not {key for key, _ in page.attributes if key.startswith("on") or key == "src"}
    assert all(target.startswith("#") for target in page.targets("href"))
    # It is shown as it stands in the report.
    assert SCRIPT in page.words
    assert "{{ 7*7 }}" in page.words


def test_a_hostile_report_is_harmless_as_markdown(run: Run, trap: str) -> None:
    text = run("brief", trap, *BETWEEN, "--format", "md").stdout

    assert "script" in text
    assert not re.search(r"(?<!\\)[<>`]", text)
    assert "](" not in text.replace("\\]", "")
    assert not STEERING.search(text)


def test_a_hostile_report_is_harmless_as_json(run: Run, trap: str) -> None:
    text = run("brief", trap, *BETWEEN, "--format", "json").stdout

    assert any(HOSTILE in c["span"]["text"] for c in json.loads(text)["citations"])
    assert "\x1b" not in text


@pytest.mark.parametrize(
    "command",
    [
        ["brief", *BETWEEN],
        ["timeline"],
        ["timeline", *BETWEEN],
        ["ledger", *BETWEEN],
        ["dispute", *BETWEEN],
    ],
    ids=" ".join,
)
def test_a_hostile_report_is_harmless_on_a_terminal(
    run: Run, trap: str, command: list[str]
) -> None:
    result = run(command[0], trap, *command[1:], color=False)

    assert (result.exit_code, result.stderr) == (0, "")
    assert not STEERING.search(result.stdout)
    assert "owned" not in result.stdout
    assert "evil" in result.stdout


def test_what_is_shown_of_a_hostile_report_is_harmless_on_a_terminal(run: Run, trap: str) -> None:
    for account in accounts(trap):
        for id_ in (account.id, account.event, account.document):
            result = run("show", trap, id_)
            assert result.exit_code == 0
            assert not STEERING.search(result.stdout)


# ------------------------------------------------------------------------------------- timeline


def test_timeline_goes_from_the_newest_to_the_oldest(run: Run, store: str) -> None:
    result = run("timeline", store, *BETWEEN)

    assert result.exit_code == 0
    days = re.findall(r"^(~?\d{4}-\d\d-\d\d)", result.stdout, re.MULTILINE)
    assert days[0] == "2021-04-06"
    assert [each.lstrip("~") for each in days] == sorted(
        (each.lstrip("~") for each in days), reverse=True
    )
    # What the text does not date has the day of its report, and is marked.
    assert "~2021-03-03 THREATEN" in flat(result.stdout)
    assert "2021-03-19 CONSULT cancelled" in flat(result.stdout)
    assert "Iceland + Norway (1 source)" in flat(result.stdout)
    assert "“Iceland freed the trawler Havorn on April 6.”" in result.stdout


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_pages_of_a_timeline_are_all_of_it(run: Run, store: str, size: int) -> None:
    whole = json.loads(run("timeline", store, *BETWEEN, "--format", "json").stdout)
    assert whole["next"] is None

    seen: list[dict[str, Any]] = []
    cursor: list[str] = []
    while True:
        result = run("timeline", store, *BETWEEN, "--limit", size, "--format", "json", *cursor)
        assert result.exit_code == 0
        page = json.loads(result.stdout)
        assert len(page["events"]) <= size
        seen += page["events"]
        if page["next"] is None:
            break
        cursor = ["--before", page["next"]]

    # An event of several accounts may stand on two pages, never two accounts of it on one.
    assert list(dict.fromkeys(e["event"] for e in seen)) == [e["event"] for e in whole["events"]]
    told_ = {account["id"] for event in seen for account in event["accounts"]}
    assert told_ == {account.id for account in accounts(store)}


def test_the_text_of_a_page_tells_how_to_go_on(run: Run, store: str) -> None:
    first = run("timeline", store, "--limit", "2")
    cursor = re.search(r"more: --before (\S+)", first.stdout)
    assert cursor is not None

    second = run("timeline", store, "--limit", "100", "--before", cursor[1])

    whole = run("timeline", store, "--limit", "100").stdout
    assert first.stdout.partition("more:")[0] + second.stdout == whole
    assert "more:" not in second.stdout


@pytest.mark.parametrize(
    ("arguments", "types"),
    [
        (["--type", "SANCTION"], ["SANCTION"]),
        (["--type", "sanction", "--type", "RETREAT"], ["RETREAT", "SANCTION"]),
        (["--status", "threatened"], ["COERCE"]),
        (["--since", "2021-04-01"], ["RETREAT"]),
        (["--until", "2021-03-02"], ["SANCTION"]),
        (["--since", "2021-03-03", "--until", "2021-03-03", "--status", "actual"],
         ["REQUEST", "THREATEN"]),
        (["--known", "2021-03-10", "--status", "planned"], ["CONSULT"]),
    ],
)  # fmt: skip
def test_timeline_is_filtered(run: Run, store: str, arguments: list[str], types: list[str]) -> None:
    result = run("timeline", store, *arguments, "--format", "json")

    found = json.loads(result.stdout)["events"]
    assert sorted(event["type"] for event in found) == types


def test_a_timeline_row_has_all_accounts_of_its_event(run: Run, store: str) -> None:
    events = json.loads(run("timeline", store, "--type", "CONSULT", "--format", "json").stdout)[
        "events"
    ]

    texts = {record.document.id: record.document.text for record in spring().records}
    stored = accounts(store)
    for event in events:
        assert (event["type"], event["day"], event["dated"]) == ("CONSULT", "2021-03-19", True)
        mine = [account for account in stored if account.event == event["event"]]
        assert [each["id"] for each in event["accounts"]] == [account.id for account in mine]
        assert event["sources"] == len({account.outlet for account in mine})
        for account in event["accounts"]:
            text = texts[account["document"]]
            assert text[account["start"] : account["end"]].lower() in ("talks", "meeting")
            assert account["sentence"] in text
    assert sum(len(event["accounts"]) for event in events) == 3


@pytest.mark.parametrize("arguments", [["--since", "2030-01-01"], ["--type", "ASSAULT"]])
def test_an_empty_timeline_ends_with_one(run: Run, store: str, arguments: list[str]) -> None:
    result = run("timeline", store, *arguments)

    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "")


@pytest.mark.parametrize("cursor", ["yesterday", "2021-03-03", "2021-03-03:x", ":", "2021-99-99:1"])
def test_what_is_no_cursor_is_said_to_be_none(run: Run, store: str, cursor: str) -> None:
    result = run("timeline", store, "--before", cursor)

    assert result.exit_code == 2
    assert f"{cursor!r} is no cursor of a page" in result.stderr


def test_a_type_that_is_none_is_said_to_be_none(run: Run, store: str) -> None:
    result = run("timeline", store, "--type", "QUARREL")

    assert result.exit_code != 0
    assert "QUARREL" in result.stderr
    assert "Traceback" not in result.stderr


# --------------------------------------------------------------------------------------- ledger


def test_ledger_tells_what_each_side_gave_and_took(run: Run, store: str) -> None:
    lines = run("ledger", store, *BETWEEN).stdout.splitlines()

    moves = [
        re.sub(r"\s+", " ", line) for line in lines if re.match(r"~?\d{4}-\d\d-\d\d +[-+]", line)
    ]
    assert moves == [
        "2021-03-02 - took deed Iceland",
        "~2021-03-03 - took word Norway",
        "2021-04-06 + gave deed Iceland",
    ]
    rows = [re.sub(r"\s+", " ", line) for line in lines if "Iceland " in line and "–" in line]
    assert rows == [
        "2021-03-01 – 2021-03-31 Iceland 0 1 -6.0",
        "2021-04-01 – 2021-04-30 Iceland 1 0 7.0",
    ]


def test_ledger_as_json(run: Run, store: str) -> None:
    made = json.loads(run("ledger", store, *BETWEEN, "--format", "json").stdout)

    assert [(m["side"], m["gives"], m["material"], m["day"]) for m in made["moves"]] == [
        ("ISL", False, True, "2021-03-02"),
        ("NOR", False, False, "2021-03-03"),
        ("ISL", True, True, "2021-04-06"),
    ]
    assert [(p["start"], p["side"], p["score"]) for p in made["periods"]] == [
        ("2021-03-01", "ISL", -6.0),
        ("2021-03-01", "NOR", -5.0),
        ("2021-04-01", "ISL", 7.0),
        ("2021-04-01", "NOR", 0.0),
    ]
    assert made["reciprocity"] is None


@pytest.mark.parametrize(("limit", "shown"), [(0, 0), (1, 1), (3, 3), (50, 3)])
def test_ledger_shows_the_last_moves_and_counts_the_rest(
    run: Run, store: str, limit: int, shown: int
) -> None:
    text = run("ledger", store, *BETWEEN, "--limit", limit).stdout

    assert len(re.findall(r"^~?\d{4}-\d\d-\d\d +[-+]", text, re.MULTILINE)) == shown
    assert (f"{3 - shown} earlier moves" in text) is (shown < 3)
    if shown:
        assert "freed the trawler" in text


def test_ledger_up_to_a_day(run: Run, store: str) -> None:
    made = json.loads(
        run("ledger", store, *BETWEEN, "--on", "2021-03-20", "--format", "json").stdout
    )

    assert [move["type"] for move in made["moves"]] == ["SANCTION", "THREATEN"]


def test_ledger_tells_reciprocity_where_there_is_enough(run: Run, tmp_path: Path) -> None:
    quarrel = Quarrel()
    for month in range(1, 8):
        on = f"2021-{month:02}-03"
        for source, target, value in (("ISL", "NOR", month), ("NOR", "ISL", month * 2)):
            quarrel.report(
                on,
                f"Month {month}: {source} sent help.",
                told("AID", "sent help", source, target, day=on, quad=2, goldstein=float(value)),
            )

    result = run("ledger", kept(tmp_path, quarrel), *BETWEEN)

    assert result.stdout.endswith("reciprocity +1.00\n")


def test_ledger_of_nothing_is_empty(run: Run, tmp_path: Path) -> None:
    quarrel = Quarrel()
    quarrel.report("2021-03-03", "They met.", talks("met"))
    result = run("ledger", kept(tmp_path, quarrel), *BETWEEN)

    assert result.exit_code == 0
    assert flat(result.stdout) == "period side gave took score"


# -------------------------------------------------------------------------------------- dispute


def test_dispute_tells_who_says_what(run: Run, store: str) -> None:
    result = run("dispute", store, *BETWEEN)

    text = flat(result.stdout)
    assert result.exit_code == 0
    assert "CONSULT of Iceland + Norway: who did it (2 versions, " in text
    assert "called off by Norway — Prime Minister’s Office (Iceland)" in text
    assert "called off by Iceland — the ministry of fish (Norway), through BBC" in text
    assert "2021-03-17 “it was Iceland who cancelled the meeting”" in text


def test_dispute_as_json(run: Run, store: str) -> None:
    (made,) = json.loads(run("dispute", store, *BETWEEN, "--format", "json").stdout)

    assert made["differs_in"] == "source"
    assert [(v["claim"], v["by"], v["speaker"], v["via"]) for v in made["versions"]] == [
        ("called off", "NOR", OFFICE, None),
        ("called off", "ISL", MINISTRY, "MEDIA.BBC"),
    ]
    assert {v["account"] for v in made["versions"]} <= {a.id for a in accounts(store)}
    with Store.open(store) as opened:
        assert made["event"] == opened.event(made["event"]).id


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_dispute_ends_with_one(run: Run, store: str, form: str) -> None:
    result = run("dispute", store, *BETWEEN, "--on", "2021-03-10", "--format", form)

    assert result.exit_code == 1
    assert result.stdout == ("[]\n" if form == "json" else "")
    assert result.stderr == ""


# ----------------------------------------------------------------------------------------- show


def test_show_an_event_with_all_its_accounts(run: Run, store: str) -> None:
    freed = next(a for a in accounts(store) if a.type == "RETREAT")

    result = run("show", store, freed.event)

    assert result.exit_code == 0
    assert f"event {freed.event}: 1 account from 1 independent source," in result.stdout
    assert "reported 2021-04-07 to 2021-04-07" in result.stdout
    assert f"{freed.id} RETREAT.release, actual, 2021-04-06: ISL → NOR" in flat(result.stdout)
    assert "“Iceland «freed» the trawler Havorn on April 6.”" in result.stdout


def test_show_an_account_with_what_was_decided_on_it(run: Run, store: str) -> None:
    freed = next(a for a in accounts(store) if a.type == "RETREAT")
    with Store.open(store) as opened:
        opened.judge(freed.id, "accept", Coder("anna", "read twice"))

    result = run("show", store, freed.id)

    assert "machine, accepted; confidence" in result.stdout
    assert re.search(r"\d\d:\d\d anna accept: read twice", result.stdout)


def test_a_decision_that_settles_is_shown_as_final(run: Run, store: str) -> None:
    freed = next(a for a in accounts(store) if a.type == "RETREAT")
    with Store.open(store) as opened:
        opened.judge(freed.id, "reject", Coder("anna", "a rumour", final=True))

    assert "anna reject, final: a rumour" in run("show", store, freed.id).stdout


def test_an_account_is_shown_as_one_of_its_event(run: Run, store: str) -> None:
    one, other, *_ = accounts(store)
    with Store.open(store) as opened:
        kept = opened.merge([one.event, other.event], Coder("anna"))

    result = run("show", store, other.id)

    assert f"event {kept}: 2 accounts from" in result.stdout
    assert "; one of the 2 is\n" in result.stdout
    assert f"{other.id} " in result.stdout
    assert f"{one.id} " not in result.stdout


@pytest.mark.parametrize("command", ["timeline", "export"])
def test_a_status_that_no_event_has_is_wrong_usage(
    run: Run, store: str, command: str, tmp_path: Path
) -> None:
    rest = ("--format", "csv", "--output", tmp_path / "x") if command == "export" else ()
    result = run(command, store, *rest, "--status", "rumoured")

    assert result.exit_code == 2
    assert "'rumoured' is no status; it is one of actual," in result.stderr


@pytest.mark.parametrize("command", ["brief", "timeline", "ledger", "dispute"])
def test_a_party_has_no_dispute_with_itself(run: Run, store: str, command: str) -> None:
    result = run(command, store, "--between", "ISL", "isl")

    assert result.exit_code == 2
    assert "ISL twice" in result.stderr


def test_show_as_json(run: Run, store: str) -> None:
    freed = next(a for a in accounts(store) if a.type == "RETREAT")

    (made,) = json.loads(run("show", store, freed.id, "--format", "json").stdout)

    assert (made["id"], made["event"], made["start"]) == (freed.id, freed.event, "2021-04-06")
    assert made["anchor"] == {"start": 8, "end": 13, "text": "freed"}


@pytest.mark.parametrize("length", [None, 24])
def test_show_a_document_by_its_id_or_the_beginning_of_it(
    run: Run, store: str, length: int | None
) -> None:
    document = spring().records[0].document

    result = run("show", store, document.id[:length])

    assert result.exit_code == 0
    assert [line.strip() for line in result.stdout.splitlines()[:3]] == [
        "Salmon taxed",
        document.id,
        "2021-03-03, Harbour Post, Salmon taxed",
    ]
    assert "5 accounts" in result.stdout
    assert flat(document.text) in flat(result.stdout)


def test_show_a_document_as_json(run: Run, store: str) -> None:
    document = spring().records[2].document

    made = json.loads(run("show", store, document.id, "--format", "json").stdout)

    assert made["document"]["text"] == document.text
    assert (made["document"]["published"], made["accounts"]) == ("2021-04-07", 1)


def test_show_of_what_was_merged_tells_where_it_went(run: Run, store: str) -> None:
    one, two = (a.event for a in accounts(store) if a.type in ("SANCTION", "RETREAT"))
    with Store.open(store) as opened:
        kept_ = opened.merge([one, two], Coder("anna"))
    gone = ({one, two} - {kept_}).pop()

    result = run("show", store, gone)

    assert result.exit_code == 3
    assert result.stdout == ""
    assert f"the event {gone} is gone (" in result.stderr
    assert kept_ in result.stderr
    assert run("show", store, kept_).stdout.count("confidence") == 2


@pytest.mark.parametrize("id_", ["aaaaaaaaaaaaa", "eaaaaaaaaaaaa", "sha256:00", "nonsense", "é"])
def test_show_of_what_never_was_says_so(run: Run, store: str, id_: str) -> None:
    result = run("show", store, id_)

    assert result.exit_code == 3
    assert result.stderr.startswith("standoff: ")
    assert id_ in result.stderr
    assert "Traceback" not in result.stderr


# --------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize("command", ["brief", "timeline", "ledger", "dispute"])
class TestErrors:
    def test_a_party_of_whom_nobody_tells(self, run: Run, store: str, command: str) -> None:
        result = run(command, store, "--between", "ISL", "CHL")

        assert result.exit_code == 2
        assert "the store has no event with CHL; `standoff actors find NAME`" in result.stderr

    @pytest.mark.parametrize("day", ["2021-13-01", "yesterday", "5 March 2021", ""])
    def test_a_day_that_is_none(self, run: Run, store: str, command: str, day: str) -> None:
        option = "--until" if command == "timeline" else "--on"

        result = run(command, store, *BETWEEN, option, day)

        assert result.exit_code == 2
        assert option in result.stderr
        assert "%Y-%m-%d" in result.stderr

    def test_one_party_alone(self, run: Run, store: str, command: str) -> None:
        result = run(command, store, "--between", "ISL")

        assert result.exit_code == 2
        assert "--between" in result.stderr

    def test_no_store(self, run: Run, tmp_path: Path, command: str) -> None:
        missing = tmp_path / "missing.db"

        result = run(command, missing, *BETWEEN)

        assert result.exit_code == 3
        assert "there is no store here; make one with: standoff init" in result.stderr


@pytest.mark.parametrize("command", ["brief", "ledger", "dispute"])
def test_parties_must_be_told(run: Run, store: str, command: str) -> None:
    result = run(command, store)

    assert result.exit_code == 2
    assert "Missing option '--between'" in result.stderr


@pytest.mark.parametrize("target", ["", "nowhere/brief.html"])
def test_a_brief_is_not_written_where_there_is_no_place(
    run: Run, store: str, tmp_path: Path, target: str
) -> None:
    result = run("brief", store, *BETWEEN, "--format", "html", "--output", tmp_path / target)

    assert result.exit_code == 2
    assert "folder" in result.stderr
