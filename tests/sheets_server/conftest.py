"""A world with one spreadsheet in it, asked by who may do anything."""

from __future__ import annotations

import datetime as dt

import pytest

from .asking import Book
from .fixture import notebook, server
from .people import Browser
from .spreadsheet import Spreadsheet
from .world import World

__all__ = ["notebook", "server"]


@pytest.fixture
def world() -> World:
    return World(now=lambda: dt.datetime(2026, 3, 5, 9, 30, tzinfo=dt.UTC))


@pytest.fixture
def file(world: World) -> Spreadsheet:
    return world.create("Employers", owner="kim@tameside.example", locale="en_GB")


@pytest.fixture
def book(world: World, file: Spreadsheet) -> Book:
    return Book(world, file)


@pytest.fixture
def kim(world: World, file: Spreadsheet) -> Browser:
    return Browser(world, file.id)
