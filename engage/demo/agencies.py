"""The five agencies of the demo: how they are named, what they have agreed to, where their workbooks are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency. signed: ISO date of its sharing agreement, "" none; shares: as in the Agencies tab."""

    key: str
    name: str
    short: str
    also: str
    kind: str
    domain: str
    basis: str
    signed: str
    shares: str
    lead: str
    view_only: bool = False

    @property
    def file(self) -> str:
        """The file name of its workbook."""
        return f"{self.key}.xlsx"

    def address(self, name: str) -> str:
        """The work address of one of its staff: Helen Rowbotham → helen.rowbotham@…"""
        return f"{'.'.join(name.lower().split())}@{self.domain}"


AGENCY_LIST: tuple[Agency, ...] = (
    Agency(
        "council", "Marlbeck Borough Council", "MBC",
        "Marlbeck MBC; Marlbeck Council; MBC EDU; MBC Economic Development Unit", "Council",
        "marlbeck-council.example", "Public task", "2026-01-12", "Yes", "Helen Rowbotham",
    ),
    Agency(
        "college", "Stevenport College", "STC", "Stevenport Coll; Stevenport & Thornvale College", "College",
        "stevenport-college.example", "Public task", "2026-01-19", "Yes", "Sunita Verma",
    ),
    Agency(
        "jobcentre", "Marlbeck Jobcentre", "JCP", "Job Centre Plus; Jobcentre Plus; Marlbeck Job Centre",
        "Jobcentre Plus", "jobcentre.example", "Public task", "2026-02-02", "Yes", "Dawn Marsden",
        view_only=True,
    ),
    Agency(
        "chamber", "Marlbeck & Stevenport Chamber of Commerce", "Chamber",
        "M&S Chamber of Commerce; the Chamber; Chamber of Commerce", "Chamber of commerce",
        "ms-chamber.example", "Legitimate interests", "2026-02-09", "Employer only", "Fiona Crabtree",
    ),
    Agency(
        "university", "University of Thornvale", "UoT", "Thornvale University; Thornvale Uni", "University",
        "thornvale-uni.example", "Public task", "", "Yes", "Miriam Stein",
    ),
)  # fmt: skip
NAMES = {agency.key: agency.name for agency in AGENCY_LIST}
