"""The tables hold together."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from itertools import pairwise

from standoff.actors import tables


def test_ids_begin_with_a_state_or_a_root_and_go_on_with_a_sector() -> None:
    ids = [*tables.bodies(), *tables.people()]
    for id_ in ids:
        first, second, *_ = id_.split(".")
        assert first in tables.countries() or first in tables.ROOTS, id_
        if first in tables.countries():
            assert second in tables.sectors(), id_
        assert re.fullmatch(r"[A-Z0-9_.]+", id_), id_


def test_no_id_is_given_twice() -> None:
    ids = Counter([*tables.countries(), *tables.bodies(), *tables.people()])
    assert [id_ for id_, count in ids.items() if count > 1] == []


def test_states_have_three_letters_and_every_member_of_the_un_is_there() -> None:
    assert all(re.fullmatch(r"[A-Z]{3}", id_) for id_ in tables.countries())
    members = [country for country in tables.countries().values() if country.kind == tables.STATE]
    assert len(members) == 193 + 2  # the members and the two observers


def test_terms_of_office_end_after_they_begin_and_name_an_office() -> None:
    offices = {office.name for office, _ in tables.offices().values()}
    for person in tables.people().values():
        for term in person.terms:
            assert term.office in offices, (person.id, term.office)
            if term.start and term.end:
                assert term.start < term.end, person.id


def _coarse(end: datetime.date, start: datetime.date) -> bool:
    """Tell whether two terms meet in a month or year of which the day is not known."""
    monthly = (end + datetime.timedelta(days=1)).day == 1 or start.day == 1
    yearly = (end.month, end.day) == (12, 31) or (start.month, start.day) == (1, 1)
    same_month = (end.year, end.month) == (start.year, start.month)
    return (monthly and same_month) or (yearly and end.year == start.year)


def test_one_person_at_a_time_is_president_or_prime_minister() -> None:
    terms = [
        (person.owner, term.office, term.start, term.end or tables.AS_OF, person.id)
        for person in tables.people().values()
        for term in person.terms
        if term.office in ("president", "prime minister", "foreign minister") and term.start
    ]
    terms.sort(key=lambda term: (term[0], term[1], term[2]))
    clashes = [
        (one[4], two[4])
        for one, two in pairwise(terms)
        if one[:2] == two[:2]
        and two[2] is not None
        and one[3] > two[2]
        and not _coarse(one[3], two[2])
    ]
    # After lost elections both claimed to be in office.
    assert clashes == [
        ("CIV.GOV.LAURENT_GBAGBO", "CIV.GOV.ALASSANE_OUATTARA"),
        ("GMB.GOV.YAHYA_JAMMEH", "GMB.GOV.ADAMA_BARROW"),
    ]


def test_offices_have_known_sectors_and_kinds() -> None:
    for word, (office, _) in tables.offices().items():
        assert not office.sector or office.sector in tables.sectors(), word
        assert office.kind in ("holder", "person", "people", "body"), word


def test_groups_and_countries_of_bodies_are_states() -> None:
    for states in tables.groups().values():
        assert set(states) <= set(tables.countries())
    for body in tables.bodies().values():
        assert body.country is None or body.country in tables.countries(), body.id
