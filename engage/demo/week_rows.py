"""The week's own business: visits made and written down, plans, new employers, an event, pledges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from engage.demo.hub import attendance, page_views, pledges
from engage.demo.views import View
from engage.demo.words import STAFF
from engage.demo.world import AGENCIES, Engagement

if TYPE_CHECKING:
    from engage.demo.week import Week

NEW_EMPLOYERS = 4


def visits_happened(week: Week) -> None:
    """What was planned for the week is set to Done (or Cancelled)."""
    count = 0
    for agency in AGENCIES:
        sheet = week.sheet(agency, "Engagements")
        rows = week.rows_of(agency, sheet)
        due = [e for e in week.world.engagements if week.first_night < e.date <= week.today and e.key in rows]
        done = [e for e in due if "Status" in sheet.columns]
        for engagement in done:
            sheet.type(rows[engagement.key], "Status", engagement.status)
        count += len(done)
    week.say(f"{count} planned engagements were set to Done or Cancelled")


def write_down_the_week(week: Week) -> None:
    """New rows: this week's engagements, late ones from before, plans for the next weeks."""
    counts = []
    for agency in AGENCIES:
        view = View.of(week.world, agency, "week")
        lines = view.engagements(since=week.first_night, until=week.today, as_of=week.today)
        sheet = week.sheet(agency, "Engagements")
        counts.append(f"{agency} {sheet.add(lines)}")
    week.say(f"New engagements were typed: {', '.join(counts)}")


def plan_a_clash(week: Week) -> None:
    """The college plans a visit to an employer that the council is about to visit."""
    for planned in week.world.engagements:
        soon = week.today < planned.date <= week.today + timedelta(days=9)
        shared = "college" in week.world.known[planned.employer]
        if planned.agency == "council" and planned.made_on <= week.today and soon and shared:
            break
    else:
        return
    visit = _visit(planned, week.rng.choice(STAFF["college"]), week.today)
    view = View.of(week.world, "college", "clash")
    week.sheet("college", "Engagements").add([view.engagement(visit, week.today)])
    name = week.world.employers[planned.employer].name
    week.say(f"Stevenport College planned a visit to {name}, which the council is to see the same week")


def _visit(planned: Engagement, staff: str, today: date) -> Engagement:
    on = max(today + timedelta(days=1), planned.date - timedelta(days=1))
    on += timedelta(days=(7 - on.weekday()) % 7 if on.weekday() > 4 else 0)
    return replace(
        planned, key="G-clash", agency="college", staff=staff, person="", type="Visit", status="Planned",
        date=on, summary="First visit, to talk about apprentices", sensitive=False,
    )  # fmt: skip


def met_new_employers(week: Week) -> None:
    """The college takes in employers that the council has known for long, with a person each."""
    world, view = week.world, View.of(week.world, "college", "new")
    fresh = [k for k, known in world.known.items() if "council" in known and "college" not in known]
    met = week.rng.sample(fresh, NEW_EMPLOYERS)
    week.sheet("college", "Employers").add([view.one_employer(key) for key in met])
    people = [next((p for p in world.people.values() if p.post.employer == key), None) for key in met]
    week.sheet("college", "Contacts").add([view.one_person(person.key) for person in people if person])
    week.say(
        f"Stevenport College added {len(met)} employers that the council already knows, with their people"
    )


def events_happened(week: Week) -> None:
    """An event was held: its row, and who came."""
    events, guests = week.sheet("hub", "Events"), week.sheet("hub", "Attendance")
    rows = week.rows_of("hub", events)
    held = [e for e in week.world.events if week.first_night < e.date <= week.today]
    for event in held:
        events.type(rows[event.key], "Status", "Held")
        week.say(f'"{event.name}" was held: {len(event.guests)} rows of Attendance brought up to date')
    names = {event.name for event in held}
    for row, line in enumerate(attendance(week.world, week.today), 2):
        if line.values["Event"] in names:
            guests.type(row, "Status", line.values["Status"])


def pledges_signed(week: Week) -> None:
    """Sign-ups of the week, and the pledge page's figures."""
    new = [line for line in pledges(week.world) if _in_week(line.values["Date signed"], week)]
    count = week.sheet("hub", "Pledges").add(new)
    views = page_views(week.world, since=week.first_night, until=week.today)
    figures = week.sheet("hub", "Pledge page views").add(views)
    week.say(f"{count} pledges and {figures} page view figures were entered in the hub")


def _in_week(signed: object, week: Week) -> bool:
    return isinstance(signed, date) and week.first_night < signed <= week.today


def progress_was_made(week: Week) -> None:
    """Two actions moved on, one was finished."""
    sheet = week.sheet("hub", "Actions")
    for row in range(sheet.header_row + 1, len(sheet.desk.rows("Actions")) + 1):
        if sheet[row, "Ref"] == "2.1.a":
            sheet.type(row, "Progress", "78 answers so far; reminder sent to builders")
        if sheet[row, "Ref"] == "4.2.b":
            sheet.type(row, "Progress", "Paper agreed by both boards")
            sheet.type(row, "Status", "Done")
    week.say("Progress was typed into actions 2.1.a and 4.2.b")
