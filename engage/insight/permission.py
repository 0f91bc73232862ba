"""Who may be contacted for what, and on what ground: UK GDPR and PECR as far as a register can know them.

PECR protects individual subscribers from e-mail they have not agreed to: private persons, sole traders and
ordinary partnerships. Companies, limited liability partnerships and public bodies are corporate subscribers.
What is not known counts as individual. Not legal advice: an officer answers for what is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engage.insight.objections import NEWS
from engage.linkage.normalise.organisations import read_name
from engage.register.company_number import company_number
from engage.register.email import is_free_mail, is_shared_mailbox
from engage.register.text import split_several

MARKETING, SERVICE = "marketing", "service"
PURPOSES = (MARKETING, SERVICE)
CORPORATE = frozenset(
    {
        "Limited company", "Public limited company", "Limited liability partnership",
        "Community interest company", "Public body", "School or college", "NHS body",
    }
)  # fmt: skip
PRIVATE = frozenset({"Sole trader", "Partnership"})
# A name that ends so is a company's or a body's: the law lets nobody else use these words.
ENDINGS = frozenset(
    {
        "ltd", "limited", "plc", "llp", "cic", "cio", "scio", "cyf", "cyfyngedig", "ccc",
        "public limited company", "limited liability partnership", "community interest company",
        "charitable incorporated organisation", "nhs trust", "nhs foundation trust",
    }
)  # fmt: skip
# Limited partnerships of England, Wales and Northern Ireland have a number, yet are partners and no body;
# a Scottish one (SL) is a person in law.
NUMBERED_PARTNERSHIPS = ("LP", "NL")
AGREED = "Yes - asked"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Whom PECR sees at the other end. why: by what, in words."""

    corporate: bool
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether somebody may be contacted. why: the ground, or what stands against it, in words."""

    may: bool
    why: str


def subscriber_of(employer: Mapping[str, str], email: str) -> Subscriber:
    """Corporate or individual. employer: its golden record by heading, {} if nobody knows it. email: one
    address or several.

    A free-mail address is a private person's wherever they work. The legal form decides; without one, a
    registered number but a limited partnership's, or the end of the name that only companies may use.
    """
    if any(is_free_mail(address) for address in split_several(email)):
        return Subscriber(False, "the address is a private mailbox")
    form = employer.get("Legal form", "")
    if form in CORPORATE | PRIVATE:
        return Subscriber(form in CORPORATE, form.lower())
    number = company_number(employer.get("Company number", ""))
    if number.value.startswith(NUMBERED_PARTNERSHIPS):
        return Subscriber(False, "limited partnership, by its number")
    if number.may_veto:
        return Subscriber(True, "has a company number")
    if read_name(employer.get("Employer", "")).legal in ENDINGS:
        return Subscriber(True, "by the end of its name")
    return Subscriber(False, "legal form not known")


def may_email(
    person: Mapping[str, str], employer: Mapping[str, str], purpose: str, held: str, *, stopped: bool = False
) -> Verdict:
    """Whether this person may be sent an e-mail. held: what they objected to, "All", "Marketing", "News"
    (they said no to news) or "".

    person: the golden record by heading; stopped: whether mail to the address was stopped.
    """
    against = _against(person, purpose, held)
    address = person.get("Email", "")
    if against or not address:
        return Verdict(False, against or "no e-mail address is known")
    if stopped:
        return Verdict(False, "mail to this address was stopped")
    if purpose == SERVICE:
        return Verdict(True, "about something that they take part in; no objection known")
    return _marketing(person, subscriber_of(employer, address), address)


def may_phone(person: Mapping[str, str], purpose: str, held: str) -> Verdict:
    """Whether this person may be rung up, as far as the register knows: it knows no TPS or CTPS."""
    against = _against(person, purpose, held)
    if against or not (person.get("Phone", "") or person.get("Mobile", "")):
        return Verdict(False, against or "no phone number is known")
    if purpose == SERVICE:
        return Verdict(True, "about something that they take part in; no objection known")
    return Verdict(True, "no objection known; check the number against TPS and CTPS before ringing")


def _against(person: Mapping[str, str], purpose: str, held: str) -> str:
    if held == "All":
        return "asked not to be contacted"
    if person.get("Still in post?", "") == "No":
        return "has left"
    if purpose == MARKETING and held not in ("", NEWS):
        return "objects to marketing"
    if purpose == MARKETING and (held or person.get("May we email news?", "") == "No"):
        return "said no to news"
    return ""


def _marketing(person: Mapping[str, str], subscriber: Subscriber, address: str) -> Verdict:
    said = person.get("May we email news?", "")
    if said == AGREED:
        return Verdict(True, "asked, and said yes")
    if not subscriber.corporate:
        return Verdict(False, f"counts as a private person ({subscriber.why}) and has not said yes")
    whose = "a shared mailbox" if is_shared_mailbox(address) else "a work address"
    known = "; an existing contact" if said else ""
    return Verdict(True, f"{whose} of a corporate subscriber ({subscriber.why}); no objection known{known}")
