"""Random nights on Google Sheets: people edit between any two requests of a sync, and inside its writes.

`python -m tests.random_nights --nights 10000 --seed 1` prints what was tried and how many cells were lost.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import time
from collections import Counter
from collections.abc import Callable

from .google_sheets import SharedSheet
from .test_promises import BUILT, STAFF, WORDS
from .test_promises_google import PeopleOnGoogle

Edit = Callable[["Nights", str], None]
NIGHTS_A_TOWN = 25  # then another town: a long-lived one only grows slower
TWICE = 5  # after every fifth quiet night another, which must write nothing


class Nights:
    """One town and its people, all dice from one seed. tally: what people did, and when."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.tally: Counter[str] = Counter()
        self.people = PeopleOnGoogle()
        self.people.begin()

    def close(self) -> None:
        self.people.teardown()

    def run(self, nights: int) -> None:
        """Disturbed nights, each followed by a quiet one that proves that nothing is lost."""
        for number in range(nights):
            self._disturbed_night()
            self.people.people_find_their_cells_as_they_typed_them()
            self.people.undisturbed_night()
            if number % TWICE == TWICE - 1:
                self.people.nothing_moves()
            self.people.people_find_their_cells_as_they_typed_them()
            self.tally["nights"] += 1

    def _disturbed_night(self) -> None:
        eager = self.dice.choice([0.1, 0.3, 0.6])
        left = [self.dice.randint(1, 8)]

        def meanwhile(moment: str, book: SharedSheet) -> None:
            inside = moment == "after-guard"  # the rarest moment, and the one that hurts
            while left[0] and self.dice.random() < (max(eager, 0.6) if inside else eager):
                left[0] -= 0 if inside and self.dice.random() < 0.5 else 1
                self.edit(moment)

        for _ in range(self.dice.randint(0, 4)):
            self.edit("before the sync")
        for key in ("hub", "college"):
            self.people.town.books[key].between = meanwhile
        try:
            self.people.night(self.dice.choice([1, 24]))
        finally:
            for key in ("hub", "college"):
                self.people.town.books[key].between = None

    def edit(self, moment: str) -> None:
        """One thing that people do."""
        name = self.dice.choice(list(EDITS))
        if name in LATER and not self.people.synced:
            return
        self.tally[f"{moment}: {name}"] += 1
        EDITS[name](self, self.dice.choice(["hub", "college"]))

    def rename_a_tab(self, book: str) -> None:
        """A staff tab or a built one; now and then it gets its old name back."""
        title = self.dice.choice([STAFF[book][0], *(tab for key, tab in BUILT if key == book)])
        sheet = self.people.town.books[book]
        if title in {"Firms"} | {tab for _, tab in BUILT} and self._is_there(sheet, title):
            sheet.call_it(title, self.dice.choice([title, f"{title} 2", "Our own name"]))

    def move_a_tab(self, book: str) -> None:
        sheet = self.people.town.books[book]
        title = STAFF[book][0]
        sheet.move_tab(title, self.dice.randrange(6))

    def paste_over_ids(self, book: str) -> None:
        for _ in range(3):
            self.people.type_into_an_id(book, self.place)

    @staticmethod
    def _is_there(sheet: SharedSheet, title: str) -> bool:
        try:
            return bool(sheet.tab(title).rows)
        except (KeyError, StopIteration):
            return False

    @property
    def place(self) -> int:
        return self.dice.randrange(12)


EDITS: dict[str, Edit] = {
    "type": lambda n, book: n.people.type(book, n.place, n.place, n.dice.choice(WORDS)),
    "insert a row": lambda n, book: n.people.insert(book, n.place, n.dice.choice(WORDS)),
    "insert a column": lambda n, book: n.people.insert_a_column(book, n.dice.randint(2, 5), "Our notes"),
    "delete a row": lambda n, book: n.people.delete(book, n.place),
    "copy a row": lambda n, book: n.people.copy(book, n.place, n.place),
    "sort": lambda n, book: n.people.sort(book, n.place, n.dice.random() < 0.5),
    "rename a heading": lambda n, _: n.people.rename_a_heading(n.dice.choice(["Firm", "Company"])),
    "wipe an id": lambda n, book: n.people.wipe_an_id(book, n.place),
    "type into an id": lambda n, book: n.people.type_into_an_id(book, n.place),
    "type into a built tab": lambda n, _: n.people.type_into_a_built_tab(
        n.dice.choice(BUILT), n.place, n.dice.randrange(5)
    ),
    "type around a built tab": lambda n, _: n.people.type_around_a_built_tab(
        n.dice.choice(BUILT), n.place, n.dice.random() < 0.5
    ),
    "leave a problem": lambda n, book: n.people.leave_a_problem_as_it_is(book, n.place),
    "decide": lambda n, _: n.people.decide(n.place, n.dice.choice(["Same", "Different", "Not sure"])),
    "paste over ids": lambda n, book: n.paste_over_ids(book),
    "rename a tab": lambda n, book: n.rename_a_tab(book),
    "move a tab": lambda n, book: n.move_a_tab(book),
    "undo": lambda n, _: n.people.undo(n.place),
}
LATER = frozenset(name for name in EDITS if name.split()[0] in ("wipe", "leave", "decide", "undo")) | {
    "type into an id",
    "paste over ids",
    "rename a tab",
    "type into a built tab",
    "type around a built tab",
}


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--nights", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    wanted = asked.parse_args()
    gc.freeze()  # the libraries stay: looking through them again and again takes a fifth of a night
    gc.set_threshold(100_000, 20, 20)
    tally: Counter[str] = Counter()
    began, seed, failed = time.monotonic(), wanted.seed, list[tuple[int, Exception]]()
    while tally["nights"] < wanted.nights and not failed:
        nights = Nights(seed)
        try:
            nights.run(min(NIGHTS_A_TOWN, wanted.nights - tally["nights"]))
        except (AssertionError, IndexError) as error:
            failed.append((seed, error))
        finally:
            nights.close()
        tally += nights.tally
        seed += 1
    for name, count in sorted(tally.items()):
        sys.stdout.write(f"{count:8,}  {name}\n")
    lost = f"at least {len(failed)}" if failed else "0"
    sys.stdout.write(f"{time.monotonic() - began:.0f} s; cells lost: {lost}\n")
    for seed, error in failed:
        sys.stdout.write(f"seed {seed}: {error}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
