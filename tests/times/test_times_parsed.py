"""With a parse: the tense of the verbs above an expression, and whose time it is."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from standoff import times

PUBLISHED = datetime.date(2018, 11, 9)
Build = Callable[[str], Doc]
Reader = Callable[..., list[tuple[str, str | None, str]]]


def dated(doc: Doc, word: str) -> str | None:
    """Return the words of the time of the first token that reads `word`."""
    token = next(token for token in doc if token.text == word)
    mention = times.attach(doc, times.find(doc, PUBLISHED), token.i)
    return mention.time.span.text if mention else None


PAST, COMING = "2018-11-05", "2018-11-12"

THEY = "They PRP nsubj 2"
SOON = "They PRP nsubj 3 / will MD aux 3"


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        (f"{THEY} / met VBD root 0 / on IN case 4 / Monday NNP obl 2", PAST),
        (f"{SOON} / meet VB root 0 / Monday NNP obl:unmarked 3", COMING),
        ("They PRP nsubj 3 / had VBD aux 3 / met VBN root 0 / Monday NNP obl:unmarked 3", PAST),
        ("Talks NNS root 0 / scheduled VBN acl 1 / for IN case 4 / Monday NNP obl 2", COMING),
        ("Talks NNS root 0 / held VBN acl 1 / on IN case 4 / Monday NNP obl 2", PAST),
        # The Monday of an agreement is past, the Monday that was agreed on is to come.
        (
            f"{THEY} / agreed VBD root 0 / on IN case 4 / Monday NNP obl 2 / to TO mark 6"
            " / meet VB xcomp 2",
            PAST,
        ),
        (
            f"{THEY} / agreed VBD root 0 / to TO mark 4 / meet VB xcomp 2 / on IN case 6"
            " / Monday NNP obl 4",
            COMING,
        ),
        (
            f"{THEY} / postponed VBD root 0 / it PRP obj 2 / until IN case 5 / Monday NNP obl 2",
            COMING,
        ),
        # What is planned lies where the time says, if it is a thing that is planned.
        (f"{THEY} / planned VBD root 0 / drills NNS obj 2 / Monday NNP obl:unmarked 2", COMING),
        (
            f"{THEY} / planned VBD root 0 / on IN case 4 / Monday NNP obl 2 / to TO mark 6"
            " / leave VB xcomp 2",
            PAST,
        ),
        # An attack that will be discussed has been; a summit that will be attended has not.
        (
            f"{SOON} / discuss VB root 0 / Monday NNP nmod:poss 6 "
            "/ 's POS case 4 / attack NN obj 3",
            PAST,
        ),
        (
            f"{SOON} / attend VB root 0 / Monday NNP nmod:poss 6 / 's POS case 4 / summit NN obj 3",
            COMING,
        ),
        (
            f"{THEY} / said VBD root 0 / he PRP nsubj 5 / would MD aux 5 / leave VB ccomp 2"
            " / on IN case 7 / Monday NNP obl 5",
            COMING,
        ),
    ],
)
def test_the_verb_above_says_which_monday(
    read: Reader, build: Build, rows: str, value: str
) -> None:
    doc = build(rows.replace(" / ", "\n"))
    assert [item[1] for item in read(doc)] == [value]


def test_a_time_hangs_on_its_verb(build: Build) -> None:
    doc = build("""
        They PRP nsubj 2
        said VBD root 0
        on IN case 4
        Monday NNP obl 2
        talks NNS nsubj 7
        would MD aux 7
        resume VB ccomp 2
        on IN case 9
        Friday NNP obl 7
    """)
    assert dated(doc, "said") == "Monday"
    assert dated(doc, "resume") == "Friday"


def test_a_predicate_without_a_time_has_none(build: Build) -> None:
    doc = build("""
        They PRP nsubj 2
        said VBD root 0
        yesterday NN obl:unmarked 2
        talks NNS nsubj 6
        had VBD aux 6
        failed VBN ccomp 2
    """)
    assert dated(doc, "failed") is None


def test_the_verb_that_carries_a_noun_gives_it_its_time(build: Build) -> None:
    doc = build("""
        They PRP nsubj 2
        held VBD root 0
        talks NNS obj 2
        on IN case 5
        Monday NNP obl 2
    """)
    assert dated(doc, "talks") == "Monday"


def test_a_summit_takes_place_at_its_time(build: Build) -> None:
    doc = build("""
        The DT det 2
        summit NN nsubj 3
        took VBD root 0
        place NN obj 3
        in IN case 6
        June NNP obl 3
    """)
    assert dated(doc, "summit") == "June"


def test_who_holds_talks_has_no_time_from_them(build: Build) -> None:
    doc = build("""
        Borduria NNP nsubj 2
        held VBD root 0
        talks NNS obj 2
        yesterday NN obl:unmarked 2
    """)
    assert dated(doc, "Borduria") is None


def test_possessives_date_their_noun(build: Build) -> None:
    doc = build("""
        Yesterday NN nmod:poss 3
        's POS case 1
        talks NNS nsubj 4
        failed VBD root 0
    """)
    assert dated(doc, "talks") == "Yesterday"
    assert dated(doc, "failed") is None


def test_a_clause_that_says_when_a_meeting_was_due_dates_it(build: Build) -> None:
    doc = build("""
        A DT det 2
        meeting NN nsubj:pass 10
        , , punct 2
        due JJ mark 6
        to TO fixed 4
        take VB advcl 10
        place NN obj 6
        yesterday NN obl:unmarked 6
        was VBD aux:pass 10
        cancelled VBN root 0
    """)
    assert dated(doc, "meeting") == "yesterday"
    assert dated(doc, "cancelled") is None


def test_a_day_behind_the_subject_is_that_of_the_verb(build: Build) -> None:
    doc = build("""
        The DT det 2
        army NN nsubj 5
        on IN case 4
        Monday NNP nmod 2
        began VBD root 0
        to TO mark 7
        hold VB xcomp 5
        drills NNS obj 7
    """)
    assert [dated(doc, word) for word in ("began", "hold", "drills")] == ["Monday"] * 3


def test_a_day_behind_the_object_is_that_of_the_verb(build: Build) -> None:
    rows = """
        They PRP nsubj 2
        signed VBD root 0
        the DT det 4
        accord NN obj 2
        {} IN case 6
        {} NNP nmod 4
    """
    assert dated(build(rows.format("on", "Monday")), "signed") == "Monday"
    assert dated(build(rows.format("of", "Monday")), "signed") is None
    assert dated(build(rows.format("in", "1994")), "signed") is None


def test_the_time_of_an_occasion_is_that_of_what_happened_there(build: Build) -> None:
    doc = build("""
        At IN case 3
        their PRP nmod:poss 3
        summit NN obl 7
        in IN case 5
        September NNP nmod 3
        they PRP nsubj 7
        agreed VBD root 0
    """)
    assert dated(doc, "agreed") == "September"


def test_what_stands_in_front_dates_all_coordinated_verbs(build: Build) -> None:
    doc = build("""
        On IN case 2
        Monday NNP obl 4
        they PRP nsubj 4
        met VBD root 0
        and CC cc 6
        left VBD conj 4
    """)
    assert dated(doc, "left") == "Monday"
    behind = build("""
        They PRP nsubj 2
        met VBD root 0
        on IN case 4
        Monday NNP obl 2
        and CC cc 6
        left VBD conj 2
    """)
    assert dated(behind, "left") is None


def test_a_subject_has_the_time_that_it_is_said_to_be_on(build: Build) -> None:
    doc = build("""
        The DT det 2
        summit NN nsubj 5
        was VBD cop 5
        on IN case 5
        Monday NNP root 0
    """)
    assert dated(doc, "summit") == "Monday"


def test_talks_about_a_year_are_not_of_that_year(build: Build) -> None:
    doc = build("""
        They PRP nsubj 2
        talked VBD root 0
        about IN case 4
        yesterday NN obl 2
    """)
    assert dated(doc, "talked") is None


def test_lengths_of_time_date_nothing(build: Build) -> None:
    doc = build("""
        They PRP nsubj 2
        met VBD root 0
        for IN case 5
        two CD nummod 5
        weeks NNS obl 2
    """)
    assert times.find(doc, PUBLISHED)
    assert dated(doc, "met") is None


def test_the_nearest_of_several_wins(build: Build) -> None:
    doc = build("""
        Last JJ amod 2
        week NN obl:unmarked 4
        they PRP nsubj 4
        met VBD root 0
        on IN case 6
        Monday NNP obl 4
    """)
    assert dated(doc, "met") == "Monday"


def test_without_a_parse_nothing_is_attached(build: Build) -> None:
    doc = Doc(build("They PRP root 0").vocab, words=["They", "met", "yesterday"])
    assert times.attach(doc, times.find(doc, PUBLISHED), 1) is None


def test_a_time_relative_to_the_story_is_attached_without_an_interval(build: Build) -> None:
    doc = build("""
        They PRP nsubj 2
        met VBD root 0
        the DT det 5
        next JJ amod 5
        day NN obl:unmarked 2
    """)
    mention = times.attach(doc, times.find(doc, PUBLISHED), 1)
    assert mention is not None
    assert mention.time.interval is None
