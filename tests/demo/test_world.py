from __future__ import annotations

import re
from collections import Counter

from engage.demo.creation import make_world
from engage.demo.world import World
from tests.demo.conftest import MONDAY

DRAMA = re.compile(r"0161 496 0\d{3}|020 7946 0\d{3}|01632 960\d{3}|07700 900\d{3}")


def test_a_seed_and_a_day_give_one_world() -> None:
    assert make_world(3, MONDAY) == make_world(3, MONDAY)
    assert make_world(3, MONDAY) != make_world(4, MONDAY)


def test_the_world_has_the_size_of_a_real_partnership(world: World) -> None:
    assert 395 <= len(world.employers) <= 425
    assert len(world.people) == 600
    assert len(world.engagements) == 1500
    assert len(world.events) == 15
    assert len(world.pledges) == 90


def test_every_phone_of_the_world_is_in_a_range_for_drama(world: World) -> None:
    phones = [site.phone for employer in world.employers.values() for site in employer.sites]
    phones += [person.post.phone for person in world.people.values()]
    phones += [person.mobile for person in world.people.values() if person.mobile]
    assert [phone for phone in phones if not DRAMA.fullmatch(phone)] == []


def test_every_address_of_the_world_is_an_example(world: World) -> None:
    addresses = [person.post.email for person in world.people.values()]
    addresses += [employer.domain for employer in world.employers.values()]
    assert [address for address in addresses if not address.endswith(".example")] == []


def test_no_mobile_and_no_company_number_belongs_to_two(world: World) -> None:
    mobiles = Counter(person.mobile for person in world.people.values() if person.mobile)
    numbers = Counter(e.company_number for e in world.employers.values() if e.company_number)
    assert max(mobiles.values()) == max(numbers.values()) == 1


def test_only_the_planted_pairs_share_a_name(world: World) -> None:
    names = Counter(employer.short for employer in world.employers.values())
    assert sorted(names.values(), reverse=True)[:3] == [2, 2, 1]


def test_employers_are_known_to_one_to_four_agencies(world: World) -> None:
    assert {len(agencies) for agencies in world.known.values()} == {1, 2, 3, 4}


def test_an_engagement_is_made_by_an_agency_that_knows_the_employer(world: World) -> None:
    strangers = [e for e in world.engagements if e.agency not in world.known[e.employer]]
    assert strangers == []


def test_engagements_run_from_a_year_ago_to_three_weeks_ahead(world: World) -> None:
    days = [(engagement.date - MONDAY).days for engagement in world.engagements]
    assert -370 <= min(days) < -340
    assert 10 < max(days) <= 21
    assert {e.status for e in world.engagements if e.date > MONDAY} == {"Planned"}


def test_some_redundancies_are_sensitive(world: World) -> None:
    assert any(e.sensitive for e in world.engagements if e.type == "Redundancy")


def test_two_agencies_meet_at_one_employer_within_a_week_of_the_digest(world: World) -> None:
    near = [e for e in world.engagements if -7 <= (e.date - MONDAY).days < 0]
    agencies = {e.employer: {x.agency for x in near if x.employer == e.employer} for e in near}
    assert any(len(both) > 1 for both in agencies.values())
