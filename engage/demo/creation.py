"""make_world: the invented partnership, drawn from a seed."""

from __future__ import annotations

from datetime import date

from engage.demo.activity import make_engagements, who_knows_whom
from engage.demo.firms import make_employers
from engage.demo.people import make_people
from engage.demo.programme import make_events, make_pledges
from engage.demo.world import World, stream


def make_world(seed: int, today: date) -> World:
    """The whole invented partnership as it truly is on this day.

    About 400 employers, 600 people, 1,500 engagements (the last year and the next three weeks), 15 events
    and 90 pledges. The same seed and day give the same world on every machine.
    """
    employers = make_employers(stream(seed, "employers"))
    people = make_people(stream(seed, "people"), employers)
    known, known_people = who_knows_whom(stream(seed, "known"), employers, people)
    bare = World(seed, today, employers, people, known, known_people, ())
    engagements = make_engagements(stream(seed, "engagements"), bare)
    events = make_events(stream(seed, "events"), bare)
    pledges = make_pledges(stream(seed, "pledges"), bare)
    return World(seed, today, employers, people, known, known_people, engagements, events, pledges)
