"""What the coder makes of a sentence: parties, type, status, who says so."""

from __future__ import annotations

import pytest

import standoff
from standoff.record import Event, Record

READER = standoff.Reader()


def read(text: str, date: str | None = "1999-06-18") -> Record:
    return READER.read(text, date=date)


def one(text: str, type_: str) -> Event:
    """The only event of a type in `text`."""
    found = [event for event in read(text).events if event.type == type_]
    assert len(found) == 1, [(e.type, e.anchor.text) for e in read(text).events]
    return found[0]


@pytest.mark.parametrize(
    ("text", "type_", "source", "target"),
    [
        ("Chile condemned Bolivia on Friday.", "ACCUSE", "CHL", "BOL"),
        ("Bolivia was condemned by Chile on Friday.", "ACCUSE", "CHL", "BOL"),
        ("Chile's condemnation of Bolivia surprised nobody.", "ACCUSE", "CHL", "BOL"),
        ("The condemnation of Bolivia by Chile surprised nobody.", "ACCUSE", "CHL", "BOL"),
        ("Norway expelled three Russian diplomats.", "SANCTION", "NOR", "RUS"),
        ("Three Russian diplomats were expelled by Norway.", "SANCTION", "NOR", "RUS"),
        ("Kenya rejected Somalia's demand.", "REJECT", "KEN", "SOM"),
        ("Egypt threatened Ethiopia with war over the dam.", "THREATEN", "EGY", "ETH"),
        ("Jordan urged Israel to open the crossing.", "REQUEST", "JOR", "ISR"),
        ("Turkey shelled Syrian villages.", "ASSAULT", "TUR", "SYR"),
        # Parties that no rule finds.
        ("Chile lent two helicopters to Peru after the flood.", "AID", "CHL", "PER"),
        ("Mali walked out of talks with Niger.", "SANCTION", "MLI", "NER"),
        ("Turkish gunners fired rockets into Galilee.", "ASSAULT", "TUR", "ISR"),
    ],
)
def test_who_does_what_to_whom(text: str, type_: str, source: str, target: str) -> None:
    record = read(text)
    event = one(text, type_)
    assert [record.actor(id_).country for id_ in event.source] == [source]
    assert [record.actor(id_).country for id_ in event.target] == [target]


def test_a_shared_subject_is_found() -> None:
    text = "Ankara recalled its ambassador and accused Athens of piracy."
    assert one(text, "ACCUSE").source == ("TUR",)


def test_coordinated_nationalities_both_count() -> None:
    record = read("Egypt expelled British and French diplomats.")
    countries = {record.actor(id_).country for id_ in record.events[0].target}
    assert countries == {"GBR", "FRA"}


def test_control_by_subject_and_by_object() -> None:
    promised = one("Iran promised Iraq to release the prisoners.", "RETREAT")
    assert promised.source == ("IRN",)
    assert promised.status == "promised"
    urged = one("Iran urged Iraq to release the prisoners.", "RETREAT")
    assert urged.source == ("IRQ",)
    assert urged.status == "requested"


def test_what_is_laid_to_the_object_is_done_by_it() -> None:
    charged = one("Iran accused Iraq of attacking Kuwait.", "ASSAULT")
    assert (charged.source, charged.target) == (("IRQ",), ("KWT",))
    assert charged.said_by[0].actor == "IRN"
    passive = one("Iran was accused by Iraq of attacking Kuwait.", "ASSAULT")
    assert (passive.source, passive.said_by[0].actor) == (("IRN",), "IRQ")
    assert one("Germany praised Iran for releasing Iraqi prisoners.", "RETREAT").source == ("IRN",)


def test_nor_denies_however_far_the_sentence_goes_on() -> None:
    text = (
        "Nor has Serbia answered Kosovo's demand, made in Berlin in April 2019, that it open its "
        "army's archives."
    )
    answered = next(e for e in read(text, "2020-06-29").events if e.anchor.text == "answered")
    assert answered.status == "denied"


def test_a_second_verb_after_a_denied_clause_is_the_speakers_own() -> None:
    text = "Armenia denied that Georgia had helped the rebels and accused Russia of piracy."
    event = one(text, "ACCUSE")
    assert (event.source, event.target, event.status) == (("ARM",), ("RUS",), "actual")
    assert event.said_by == ()


def test_verbs_side_by_side_share_their_object() -> None:
    record = read("Turkey condemned and punished Israel.")
    assert {(event.type, event.target) for event in record.events} == {
        ("ACCUSE", ("ISR",)),
        ("SANCTION", ("ISR",)),
    }


def test_joint_events_stand_once_with_both_parties_on_both_sides() -> None:
    for text in (
        "Spain and Portugal held talks in Lisbon.",
        "Talks between Spain and Portugal were held in Lisbon.",
        "Spain met Portugal in Lisbon.",
    ):
        event = one(text, "CONSULT")
        assert set(event.source) == set(event.target) == {"ESP", "PRT"}, text


def test_nothing_happens_in_a_description() -> None:
    assert not read("Peru is larger than Ecuador. Ecuador has a coast.").events


@pytest.mark.parametrize(
    ("text", "type_", "status"),
    [
        ("India held talks with Pakistan.", "CONSULT", "actual"),
        ("India will hold talks with Pakistan in May.", "CONSULT", "planned"),
        ("Talks between India and Pakistan were called off.", "CONSULT", "cancelled"),
        ("Talks between India and Pakistan were postponed.", "CONSULT", "postponed"),
        ("India did not attack Pakistan.", "ASSAULT", "denied"),
        ("Nor had India lifted its sanctions on Pakistan.", "CONCEDE", "denied"),
        ("India did not suspend its missile tests.", "RETREAT", "denied"),
        ("India lifted its sanctions on Pakistan.", "CONCEDE", "actual"),
        ("India threatened to attack Pakistan.", "ASSAULT", "threatened"),
        ("India promised to withdraw its troops from Pakistan.", "RETREAT", "promised"),
        ("India demanded that Pakistan withdraw its troops.", "RETREAT", "requested"),
        ("India could attack Pakistan.", "ASSAULT", "hypothetical"),
        ("India probably attacked Pakistan.", "ASSAULT", "hypothetical"),
        ("India has no plans to attack Pakistan.", "ASSAULT", "denied"),
        ("Neither India nor Nepal attacked Pakistan.", "ASSAULT", "denied"),
        ("Nepal asked whether India had attacked Pakistan.", "ASSAULT", "hypothetical"),
        ("India did not call off the talks with Pakistan.", "CONSULT", "actual"),
    ],
)
def test_status(text: str, type_: str, status: str) -> None:
    assert one(text, type_).status == status


def test_taking_a_measure_back_is_its_opposite() -> None:
    event = one("North Korea suspended its missile tests.", "RETREAT")
    assert (event.source, event.aspect, event.status) == (("PRK",), "suspended", "actual")
    assert one("The United States lifted its sanctions on Sudan.", "CONCEDE").target == ("SDN",)


def test_who_says_so_innermost_first() -> None:
    event = one("Egypt told CNN that Libya had bombed Chad.", "ASSAULT")
    assert [(link.actor, link.cue, link.via) for link in event.said_by] == [
        ("EGY", "told", "MEDIA.CNN")
    ]
    assert one("According to Egypt, Libya bombed Chad.", "ASSAULT").said_by[0].actor == "EGY"
    assert one("Libya bombed Chad, Egypt said.", "ASSAULT").said_by[0].actor == "EGY"
    assert one("Libya bombed Chad.", "ASSAULT").said_by == ()


def test_the_hearer_of_a_passive_cue_says_nothing() -> None:
    event = one("Kuwait was told by Iraq that Iran had attacked Oman.", "ASSAULT")
    assert [link.actor for link in event.said_by] == ["IRQ"]


def test_what_the_text_asserts_once_needs_nobody_to_say_so() -> None:
    text = "Libya bombed Chad. Egypt said Libya bombed Chad."
    assert one(text, "ASSAULT").said_by == ()


def test_a_denial_is_a_stance() -> None:
    event = one("Libya denied that it had bombed Chad.", "ASSAULT")
    assert event.status == "denied"
    assert event.said_by[0].stance == "denies"


def test_dates_count_from_publication_or_stay_unknown() -> None:
    event = one("Chile condemned Bolivia yesterday.", "ACCUSE")
    assert event.time is not None
    assert event.time.value == "1999-06-17"
    undated = read("Chile condemned Bolivia yesterday.", date=None)
    assert undated.events[0].time is None
    assert any("publication date" in warning for warning in undated.warnings)


def test_repeated_mentions_are_one_event() -> None:
    record = read(
        "Talks between India and Pakistan, due on Monday, were called off. "
        "Islamabad said the meeting was only postponed."
    )
    talks = [event for event in record.events if event.type == "CONSULT"]
    assert len(talks) == 1
    assert len(talks[0].mentions) == 2


def test_an_account_that_differs_is_kept_as_a_denial() -> None:
    record = read(
        "Talks between India and Pakistan, due on Monday, were called off. "
        "Islamabad said the meeting was only postponed. The talks were called off, Nepal said."
    )
    (talks,) = (event for event in record.events if event.type == "CONSULT")
    assert talks.status == "cancelled"
    assert [(link.actor, link.stance) for link in talks.said_by] == [("PAK", "denies")]


def test_every_value_is_of_the_ontology_and_every_span_slices_back() -> None:
    record = read(
        "Chile condemned Bolivia on Friday. It warned that it would close the border if talks "
        "failed. “We will not wait,” the Chilean president told reporters."
    )
    text = record.document.text
    for event in record.events:
        assert text[event.anchor.start : event.anchor.end] == event.anchor.text
        assert event.quad in {1, 2, 3, 4}
        assert event.cameo
        assert event.goldstein is not None
        assert event.confidence is not None
        assert 0.0 <= event.confidence <= 1.0
    assert Record.from_json(record.to_json()) == record


def test_mode_and_contexts_sharpen_the_code() -> None:
    event = one("Kenya opened an inquiry into Somalia's conduct.", "ACCUSE")
    assert (event.mode, event.cameo) == ("investigate", "092")
    assert one("Norway expelled three Russian diplomats.", "SANCTION").mode == "expel"
    assert "diplomatic" in one("Greece lodged a protest with Turkey.", "ACCUSE").contexts
    assert one("Chile condemned Bolivia on Friday.", "ACCUSE").mode == "disapprove"


def test_kinds_of_people_are_of_where_they_act() -> None:
    event = one("Police in Nairobi arrested two strikers.", "COERCE")
    assert event.source == ("KEN.COP",)
    # Of two states it is not said which.
    two = read("Police in Nairobi and Lagos arrested two strikers.")
    assert "LAB" in {actor.id for actor in two.actors}


def test_bodies_are_of_where_they_are_or_of_where_the_text_is_at_home() -> None:
    home = read(
        "Miners in Johannesburg struck on Monday. The National Ore Workers' League accused the "
        "firms of Pretoria of theft."
    )
    assert home.actor("doc.b1").country == "ZAF"
    seat = read("The Foreign Ministry in Oslo condemned Sweden.")
    (condemned,) = seat.events
    assert [seat.actor(id_).country for id_ in condemned.source] == ["NOR"]


def test_a_place_inside_of_a_name_says_nothing_of_where() -> None:
    text = "Senior officials of the party discussed the decision of its Central Committee."
    assert {actor.country for actor in read(text).actors} <= {None}


def test_a_place_of_no_acting_state_is_no_party() -> None:
    record = read("Norwegian jets bombed a depot near Grytviken.")
    assert {actor.id for actor in record.actors} == {"NOR.MIL"}


def test_the_two_are_not_who_receives_them() -> None:
    record = read(
        "India and Pakistan quarrel over a river. Egypt regrets it. On Tuesday President Mubarak "
        "received the two governments in Cairo."
    )
    (meeting,) = (event for event in record.events if event.type == "CONSULT")
    assert {record.actor(id_).country for id_ in meeting.source} == {"EGY", "IND", "PAK"}


def test_a_state_behind_a_name_owns_it() -> None:
    event = one("Serhiy Derkach of Ukraine accused Poland of theft.", "ACCUSE")
    assert event.source == ("UKR.SERHIY_DERKACH",)
