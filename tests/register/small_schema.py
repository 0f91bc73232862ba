"""A small schema of hand-made tabs for the tests of this room."""

from __future__ import annotations

from engage.schema import Column, Schema, TabSpec

BLANKS = frozenset({"n/a", "none", "tbc", "tba", "-", "?", "unknown", "xxx"})

EMPLOYERS = TabSpec(
    "Employers",
    "staff",
    "both",
    (
        Column(
            "Employer", required=True, aliases=("organisation", "company", "employer name", "business name")
        ),
        Column("Trading as", aliases=("t/a", "aka")),
        Column("Site", aliases=("location", "branch")),
        Column("Town", aliases=("city", "area", "location")),
        Column("Postcode", type="postcode", aliases=("post code", "postal code")),
        Column("Company number", type="company-number", aliases=("co no", "crn", "number")),
        Column("Legal form", filled_by="list", values=("Company", "Sole trader", "Partnership", "Charity")),
        Column(
            "Sector",
            type="sectors",
            filled_by="list",
            list_name="Sectors",
            several=True,
            aliases=("industry",),
        ),
        Column("SIC code", type="sic"),
        Column("Employees here", type="size", aliases=("headcount", "no. of staff")),
        Column("Website", type="url", aliases=("web",)),
        Column("Phone", type="phone", aliases=("telephone", "tel no")),
        Column("Relationship manager", type="people", aliases=("owner", "rm")),
        Column("Lead agency", filled_by="list", list_name="Agencies"),
        Column(
            "Stage",
            filled_by="list",
            values=("1 Aware", "2 Contacted", "3 Met", "4 Taking part", "5 Designing with us", "6 Leading"),
        ),
        Column("Offers apprenticeships", type="yes-no", filled_by="list", values=("Yes", "No")),
        Column("Rest until", type="date"),
        Column("Agency", filled_by="list", list_name="Agencies", aliases=("partner", "source")),
        Column("Notes", type="long-text"),
        Column("Contact name", type="name", laid_out=False, aliases=("contact", "name", "main contact")),
        Column("First name", type="name", laid_out=False),
        Column("Last name", type="name", laid_out=False),
        Column("Title", laid_out=False),
        Column("Job title", laid_out=False, aliases=("role", "position")),
        Column("Email", type="email", laid_out=False, aliases=("e-mail", "email address")),
        Column("Mobile", type="phone", laid_out=False),
        Column("Do not contact", filled_by="list", values=("Marketing", "All"), laid_out=False),
    ),
    subject="employer",
)
CONTACTS = TabSpec(
    "Contacts",
    "staff",
    "both",
    (
        Column("Title", aliases=("salutation",)),
        Column("First name", type="name", aliases=("forename",)),
        Column("Last name", type="name", aliases=("surname",)),
        Column("Contact name", type="name", laid_out=False, aliases=("name", "full name")),
        Column("Employer", required=True, aliases=("organisation", "company")),
        Column("Job title", aliases=("role", "position")),
        Column("Email", type="email", aliases=("e-mail", "email address")),
        Column("Phone", type="phone", aliases=("tel", "telephone")),
        Column("Mobile", type="phone", aliases=("mob",)),
        Column("Contact kind", filled_by="list", values=("Person", "Shared mailbox", "Switchboard", "Agent")),
        Column(
            "May we email news?",
            filled_by="list",
            values=("Yes - asked", "Yes - existing contact", "No", "Not asked"),
            aliases=("consent",),
        ),
        Column("Do not contact", filled_by="list", values=("Marketing", "All")),
        Column("Where we got the details"),
        Column("Agency", filled_by="list", list_name="Agencies"),
        Column("Notes", type="long-text"),
    ),
    subject="person",
)
ENGAGEMENTS = TabSpec(
    "Engagements",
    "staff",
    "both",
    (
        Column("Date", type="date", required=True, aliases=("contact date", "when")),
        Column("Employer", required=True, aliases=("organisation", "company")),
        Column("Contact", type="people"),
        Column("Agency", filled_by="list", list_name="Agencies", aliases=("source",)),
        Column("Staff member"),
        Column("Type", filled_by="list", values=("Phone call", "Email", "Visit", "Survey / consultation")),
        Column("Number of jobs", type="number"),
        Column("Summary", type="long-text", aliases=("notes", "comments")),
    ),
)
ACTIONS = TabSpec(
    "Actions",
    "staff",
    "hub",
    (
        Column("Priority", fills_down=True),
        Column("Ref", aliases=("no", "number")),
        Column("Action", required=True, aliases=("task",)),
        Column("Responsible", type="bodies", aliases=("lead", "owner", "person/s responsible")),
        Column("Start date", type="due-date", aliases=("start",)),
        Column("Due date", type="due-date", aliases=("finish date", "deadline")),
        Column("Progress", type="long-text"),
        Column("Status", filled_by="list", values=("Not started", "Under way", "Done")),
    ),
)
REVIEW = TabSpec("To review", "built", "hub", (Column("Pair"), Column("Decision", filled_by="answer")))

SCHEMA = Schema({tab.title: tab for tab in (EMPLOYERS, CONTACTS, ENGAGEMENTS, ACTIONS, REVIEW)}, BLANKS)
