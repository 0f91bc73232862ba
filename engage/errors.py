"""The one error tree.

EngageError                  something the person running Engage can act on
├── UsageError               the command or a configuration file is wrong        exit 2
│   ├── ConfigError          engage.toml
│   └── SchemaError          a file of sheets_schema/
├── WorkbookError            one workbook cannot be read or written               exit 1
│   ├── WorkbookMissing      it is not where the configuration says
│   ├── WorkbookBusy         somebody has it open, or it changed under us
│   ├── WorkbookPaused       a person said that it is not to be read for now
│   ├── WorkbookUnreadable   it is there, but it is not a workbook we can read
│   ├── RequestRefused       the service would not do it as asked; its tabs may have changed
│   ├── EffectUnknown        the answer to a change is lost: it may have been made
│   └── SignInError          the service that keeps it does not let us in
├── DigestError              a digest cannot be written as it should be           exit 1
├── ReportError              a report cannot be written or issued as it should be  exit 1
├── MailError                a message cannot be made or left where it should go  exit 1
├── LinkageTooLarge          so many rows cannot be linked here                   exit 1
├── LeaseHeld                another machine syncs this partnership               exit 1
└── UnsafePlan               going on could lose somebody's work                  exit 4
"""

from __future__ import annotations

EXIT_DONE = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_DECISIONS_WAIT = 3
EXIT_UNSAFE = 4


class EngageError(Exception):
    """An expected failure: what happened, where, and what to do about it, in plain words.

    what: one sentence without a full stop.
    where: the workbook, tab, row, column or file, in a person's words; "" if the sentence says it.
    fix: what to do next, in the imperative; "" if nothing can be done.
    """

    exit_code = EXIT_FAILED

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        self.what, self.where, self.fix = what, where, fix
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The three parts as one printable text."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}.\n  What to do: {self.fix}." if self.fix else f"{head}."


class UsageError(EngageError):
    """The command line or a configuration file asks for something that cannot be."""

    exit_code = EXIT_USAGE


class ConfigError(UsageError):
    """engage.toml is missing, unreadable or contradicts itself."""


class SchemaError(UsageError):
    """A file in sheets_schema/ (ours or the partnership's) is wrong."""


class WorkbookError(EngageError):
    """One workbook cannot be read or written; the others go on."""


class WorkbookMissing(WorkbookError):
    """The workbook is not where the configuration says."""


class WorkbookBusy(WorkbookError):
    """Somebody has the workbook open, or it changed between reading and writing."""


class WorkbookPaused(WorkbookError):
    """A person said that it is not to be read for now."""


class WorkbookUnreadable(WorkbookError):
    """The file is there and is not a workbook we can read."""


class RequestRefused(WorkbookError):
    """The service would not do what was asked, as asked: a tab or row that it names may have gone."""


class EffectUnknown(WorkbookError):
    """The answer to a change is lost, so it may have been made or not: look before making it again."""


class SignInError(WorkbookError):
    """The service that keeps the workbook does not let us in: no key, a withdrawn one, or a rule."""


class DigestError(EngageError):
    """A digest is too big, or its template is broken or unsafe; nothing of it was sent."""


class ReportError(EngageError):
    """A report cannot be issued: its template is broken, or its figures are not those of the workbook."""


class MailError(EngageError):
    """A message cannot be made, or not be put where it should go; nothing left."""


class LinkageTooLarge(EngageError):
    """There are more likely pairs among the rows than the memory that linking may use can hold."""


class LeaseHeld(EngageError):
    """Another machine holds the lease of this partnership's hub."""


class UnsafePlan(EngageError):
    """Going on could lose somebody's work; nothing was written to that workbook."""

    exit_code = EXIT_UNSAFE
