"""Where a person's details can still lie, and nobody but people can look: for the officer's list."""

from __future__ import annotations

BEYOND = (
    "Version histories: of Google Sheets, and of files in OneDrive, SharePoint or a backup of the council's. "
    "Whoever owns the file, or IT, can delete versions.",
    "Mail that was sent: digests lie in their readers' mailboxes.",
    "Copies that partners made themselves: downloads, print-outs, their own systems.",
    "Copies of the state folder and of engage.toml elsewhere, such as the machine's own backup.",
    "Backups that engage backup put elsewhere: what is restored from one is cleared at the next sync.",
    "Words in a note that describe the person without a name, an address or a number.",
    "Answer cells of grey tabs (Decision, Undo), in which only people type.",
)
