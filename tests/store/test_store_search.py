"""Search: what is found, and that no query is anything but words."""

from __future__ import annotations

import datetime

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from standoff.store import Store
from tests.store.reports import many, report

TEXTS = {
    "zone": "Pilots of the U.S. said on Monday that a no-fly zone was not loud but quiet.",
    "quiet": "The zone was quiet. Nobody may fly there, or should, and $12.5 million is the fine.",
    "boat": "Two boats were towing nets; the talks over 2,000 tonnes of cod went on.",
    "row": "A row about nets that were towed went on in the talks, off Grimsey.",
    "greek": "Ο υπουργός μίλησε για την αλιεία στο Αιγαίο.",
    "russian": "Переговоры о рыболовстве прошли в Мурманске.",
    "japanese": "漁業 交渉 が ジュネーブ で 始まった。",
    "hindi": "मछली पकड़ने पर वार्ता सोमवार को शुरू हुई।",
    "astral": "The boat 𝒪la 🐟 sank.",
}


@pytest.fixture
def searched(store: Store) -> Store:
    for name, text in TEXTS.items():
        store.add(report(text, publisher=name, published="2019-03-04", title="Whales"))
    return store


def found(store: Store, query: str, limit: int = 20) -> set[str | None]:
    return {hit.publisher for hit in store.search(query, limit)}


#: Queries, and the pieces that they find.
FOUND: dict[str, set[str]] = {
    "quiet": {"zone", "quiet"},
    "QUIET zone": {"zone", "quiet"},
    "zone Monday": {"zone"},
    "zone nets": set(),
    '"zone was quiet"': {"quiet"},
    '"quiet was zone"': set(),
    '"no-fly zone"': {"zone"},
    "no-fly": {"zone"},
    "towed net": {"boat", "row"},
    "boats": {"boat", "astral"},
    "tow": {"boat", "row"},
    "zone -Monday": {"quiet"},
    "-Monday zone": {"quiet"},
    'zone -"nobody may"': {"zone"},
    "nets -boat -row": set(),
    "U.S.": {"zone"},
    "u.s. pilots": {"zone"},
    "12.5 million": {"quiet"},
    "$12.5": {"quiet"},
    "2,000": {"boat"},
    "or nobody": {"quiet"},
    "nobody OR pilots": set(),
    "NOT pilots": {"zone"},
    "αλιεία": {"greek"},
    "ΑΛΙΕΊΑ Αιγαίο": {"greek"},
    "переговоры": {"russian"},
    "交渉": {"japanese"},
    "वार्ता": {"hindi"},
    "𝒪la": {"astral"},
    "whales αλιεία": {"greek"},
    "greek": set(),
}
EMPTY = (
    "", " ", "\t\n", "-", "--", "-quiet", '-"quiet zone"', '"', '""', '" "', "*", "()", "...",
    "''", "…", "🐟", "\0", "\ud83d", "-\0", "&|!", ":*", "<->", "$$", "%_", "\\",
)  # fmt: skip
#: Operators of both databases, and worse.
SYNTAX = (
    'NEAR( * OR " AND', "quiet AND", "AND quiet", "quiet*", "title:quiet", "{title text}:quiet",
    "^quiet", "quiet NEAR zone", "NEAR(quiet zone, 3)", "(quiet", "quiet)", "quiet NOT",
    "quiet + zone", 'quiet "zone', 'quiet" zone', "quiet'", "quiet''zone", "quiet\\", "!quiet",
    "quiet & zone", "quiet <-> zone", "quiet:*", "quiet:AB", "quiet | zone", "&& quiet",
    "quiet; DROP TABLE document", "quiet'; DROP TABLE document; --", "quiet\"); DELETE FROM",
    ":query quiet", "%(query)s", "%s quiet %", "? quiet", "$1 quiet", "quiet\0zone",
    "quiet \ud83d zone", "\\'quiet", "E'quiet\\n'", "quiet/*", "quiet -- zone", "quiet\x02zone",
)  # fmt: skip


def test_what_is_found(searched: Store) -> None:
    assert {query: found(searched, query) for query in FOUND} == FOUND


def test_a_query_without_words_finds_nothing(searched: Store) -> None:
    assert [query for query in EMPTY if searched.search(query)] == []


def test_no_query_is_anything_but_words(searched: Store) -> None:
    digest = searched.digest()

    for query in SYNTAX:
        assert found(searched, query) <= {"zone", "quiet"}, query

    assert searched.digest() == digest
    assert found(searched, "quiet") == {"zone", "quiet"}


def test_any_query_is_answered(searched: Store) -> None:
    syntax = st.sampled_from((*EMPTY, *SYNTAX, " ", "NEAR", "AND", "OR", "NOT", "quiet", "no-fly"))

    @settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(syntax | st.text(st.characters(), max_size=6), max_size=12).map("".join))
    def answered(query: str) -> None:
        for hit in searched.search(query, 3):
            assert "".join(part for part, _ in hit.excerpt).strip()

    answered()

    assert found(searched, "quiet") == {"zone", "quiet"}


def test_every_word_of_a_report_finds_it(store: Store) -> None:
    records = [record for record in many(6, seed=4) if len(record.document.text) < 800]
    for record in records:
        store.add(record)

    for record in records:
        for word in set(record.document.text.split()):
            # Short words, and this one, are among those that PostgreSQL passes over.
            if len(word) > 6 and word != "because":
                assert record.document.id in {hit.document for hit in store.search(word)}, word


def test_a_hit_shows_where(searched: Store) -> None:
    (hit,) = searched.search("towing boat")

    assert (hit.title, hit.publisher) == ("Whales", "boat")
    assert hit.published == datetime.date(2019, 3, 4)
    assert hit.document == report(TEXTS["boat"]).document.id
    assert "".join(part for part, _ in hit.excerpt) in TEXTS["boat"]
    assert [part for part, sought in hit.excerpt if sought] == ["boats", "towing"]


def test_the_best_come_first_and_no_more_than_asked_for(store: Store) -> None:
    for number in range(12):
        store.add(report(f"Dispatch {number}: one whale, and then a long day without any at all."))
    store.add(report("Whales, whales, whales: a whale of a day for whale watchers in whale bay."))

    hits = store.search("whales", 5)

    assert len(hits) == 5
    assert "watchers" in "".join(part for part, _ in hits[0].excerpt)
    assert store.search("whales", 5) == hits
    assert len(store.search("whales", 100)) == 13


def test_copies_and_titles_are_found(store: Store) -> None:
    store.add(report("A short note on nets.", title="Whales"))
    store.add(report("A short note on nets!", title=None))

    assert [hit.title for hit in store.search("whale")] == ["Whales"]
    assert {hit.title for hit in store.search("nets")} == {"Whales", None}
