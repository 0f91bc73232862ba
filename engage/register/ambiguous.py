"""Headings that mean different things in different tabs, and what they may mean in each."""

from __future__ import annotations

from collections.abc import Mapping

# word (as heading_key makes it) → tab → the headings it may stand for, the likeliest first.
# Which of them: the one that is still free, that the values fit, or that the tab cannot do without.
_MEANINGS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "name": {
        "Agencies": ("Agency",),
        "Employers": ("Employer", "Contact name"),
        "Contacts": ("Contact name",),
        "Engagements": ("Employer", "Contact"),
        "Events": ("Event",),
        "Attendance": ("Person",),
        "Pledges": ("Employer", "Signed by"),
    },
    "title": {
        "Employers": ("Title", "Job title"),
        "Contacts": ("Title", "Job title"),
        "Events": ("Event",),
        "Actions": ("Action",),
    },
    "owner": {
        "Employers": ("Relationship manager", "Contact name"),
        "Contacts": ("Agency",),
        "Engagements": ("Staff member", "Follow-up owner"),
        "Actions": ("Responsible",),
        "Events": ("Lead agency",),
    },
    "source": {
        "Employers": ("Agency",),
        "Contacts": ("Agency", "Where we got the details"),
        "Engagements": ("Agency", "Who started it"),
        "Pledges": ("Agency", "Route"),
        "Pledge page views": ("Came from", "Source of figure"),
    },
    "area": {"Employers": ("Town",), "Events": ("Venue",)},
    "type": {
        "Employers": ("Sector", "Legal form"),
        "Contacts": ("Contact kind",),
        "Events": ("Kind",),
        "Actions": ("Category",),
    },
    "status": {"Employers": ("Stage",), "Contacts": ("Still in post?",), "Pledges": ("Stage",)},
    "lead": {
        "Employers": ("Lead agency", "Relationship manager"),
        "Engagements": ("Staff member", "Agency"),
        "Events": ("Lead agency",),
        "Actions": ("Responsible",),
        "Agencies": ("Lead person",),
    },
    "notes": {
        "Employers": ("Notes",),
        "Contacts": ("Notes",),
        "Engagements": ("Aim / Summary",),
        "Attendance": ("Notes",),
        "Actions": ("Progress",),
    },
    "organisation": {
        "Agencies": ("Agency",),
        "Employers": ("Employer", "Agency"),
        "Contacts": ("Employer", "Agency"),
        "Engagements": ("Employer", "Agency"),
        "Attendance": ("Employer", "Agency"),
        "Pledges": ("Employer", "Agency"),
        "Actions": ("Responsible",),
    },
    "number": {
        "Employers": ("Company number", "Phone"),
        "Contacts": ("Phone", "Mobile"),
        "Engagements": ("Number of jobs",),
        "Pledges": ("Number pledged",),
        "Actions": ("Ref",),
    },
    "location": {"Employers": ("Town", "Site"), "Events": ("Venue",)},
    "from": {
        "Actions": ("Start date",),
        "Pledge page views": ("Came from", "Date"),
        "Contacts": ("Where we got the details", "Agency"),
    },
    "contact": {
        "Employers": ("Contact name",),
        "Contacts": ("Contact name",),
        "Attendance": ("Person",),
        "Pledges": ("Signed by",),
    },
    "group": {"Employers": ("Parent employer",), "Group members": ("Group",), "Group seats": ("Group",)},
}
_SAME_WORD = {"organization": "organisation", "org": "organisation"}


def candidates(key: str, tab: str) -> tuple[str, ...]:
    """What an ambiguous word may mean in this tab, likeliest first; () if it is not one there."""
    return _MEANINGS.get(_SAME_WORD.get(key, key), {}).get(tab, ())
