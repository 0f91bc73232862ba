"""Drive: finding files, sharing them, copying them, and CSV in and out."""

from __future__ import annotations

import pytest

from .asking import Asker, Book
from .people import Browser

SHEET = "application/vnd.google-apps.spreadsheet"


@pytest.fixture
def drive(world):
    return Asker(world, "kim@tameside.example")


def names(answer) -> list[str]:
    assert answer.status == 200, answer.body
    return sorted(each["name"] for each in answer.body["files"])


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["Employers", "It's Kim and Sam's", "Old"]),
        (f'mimeType="{SHEET}"', ["Employers", "It's Kim and Sam's", "Old"]),
        (f'mimeType="{SHEET}" and name = "Employers"', ["Employers"]),
        ("name = 'It\\'s Kim and Sam\\'s'", ["It's Kim and Sam's"]),
        ("name != 'Employers' and trashed = false", ["It's Kim and Sam's"]),
        ("trashed=true", ["Old"]),
        ("name contains 'kim'", ["It's Kim and Sam's"]),
        ("'kim@tameside.example' in owners and trashed=false", ["Employers", "It's Kim and Sam's"]),
        ("parents in 'elsewhere'", []),
        ("'root' in parents and name = 'Old'", ["Old"]),
    ],
)
def test_a_search_finds_what_it_says(world, file, drive, search, found):
    world.create("It's Kim and Sam's", owner="kim@tameside.example")
    Browser(world, world.create("Old", owner="kim@tameside.example").id).bin()
    world.create("Somebody else's", owner="sam@tameside.example")
    assert names(drive.ask("GET", "/drive/v3/files", q=search)) == found


@pytest.mark.parametrize("search", ["name =", "name = 'x' or name = 'y'", "name 'x'", "and"])
def test_a_search_that_says_nothing_is_refused(drive, search):
    answer = drive.ask("GET", "/drive/v3/files", q=search)
    assert (answer.status, answer.body["error"]["errors"][0]["location"]) == (400, "q")


def test_files_come_page_by_page(world, drive):
    for number in range(5):
        world.create(f"File {number}", owner="kim@tameside.example")
    first = drive.ask("GET", "/drive/v3/files", pageSize=3).body
    second = drive.ask("GET", "/drive/v3/files", pageSize=3, pageToken=first["nextPageToken"]).body
    assert (len(first["files"]), len(second["files"]), "nextPageToken" in second) == (3, 2, False)


def test_a_file_is_made_shown_renamed_and_deleted(drive):
    made = drive.ask("POST", "/drive/v3/files", {"name": "New", "mimeType": SHEET}).body
    assert {name: made[name] for name in ("kind", "name", "mimeType")} == {
        "kind": "drive#file",
        "name": "New",
        "mimeType": SHEET,
    }
    path = f"/drive/v3/files/{made['id']}"
    drive.ask("PATCH", path, {"name": "Renamed"})
    assert drive.ask("GET", path, fields="name").body == {"name": "Renamed"}
    assert drive.ask("DELETE", path).status == 204
    assert drive.ask("GET", path).status == 404


def test_sharing_lets_somebody_in_and_out(world, file, drive):
    path = f"/drive/v3/files/{file.id}/permissions"
    sam = Book(world, file, "sam@tameside.example")
    given = {"type": "user", "role": "reader", "emailAddress": "Sam@tameside.example"}
    made = drive.ask("POST", path, given, sendNotificationEmail=False).body
    assert (made["role"], sam.get().status, sam.write("A1", [["x"]]).status) == ("reader", 200, 403)
    drive.ask("PATCH", f"{path}/{made['id']}", {"role": "writer"})
    assert sam.write("A1", [["x"]]).status == 200
    listed = drive.ask("GET", path, fields="permissions(emailAddress,role)").body["permissions"]
    assert {each["emailAddress"]: each["role"] for each in listed} == {
        "kim@tameside.example": "owner",
        "sam@tameside.example": "writer",
    }
    drive.ask("DELETE", f"{path}/{made['id']}")
    assert sam.get().status == 403


def test_only_an_owner_deletes_and_only_knowingly_hands_over(world, file, drive, kim):
    kim.share("sam@tameside.example")
    sam = Asker(world, "sam@tameside.example")
    assert sam.ask("DELETE", f"/drive/v3/files/{file.id}").status == 403
    given = {"type": "user", "role": "owner", "emailAddress": "sam@tameside.example"}
    path = f"/drive/v3/files/{file.id}/permissions"
    assert drive.ask("POST", path, given).status == 403
    assert drive.ask("POST", path, given, transferOwnership=True).status == 200
    assert (file.owner, file.people) == ("sam@tameside.example", {"kim@tameside.example": "writer"})


def test_a_csv_replaces_everything_by_one_tab_titled_as_the_file(world, file, book, kim):
    kim.add_tab("Other")
    book.asker.client.put(
        f"/upload/drive/v2/files/{file.id}?uploadType=media&convert=true",
        data=b'Employer,Seats\r\n"Alder, Sons",12\r\n',
        environ_overrides={"engage.caller": "kim@tameside.example"},
    )
    drawn = book.get().body
    assert [tab["properties"]["title"] for tab in drawn["sheets"]] == ["Employers"]
    assert drawn["properties"]["timeZone"] == "America/Los_Angeles"
    assert book.values("'Employers'", valueRenderOption="UNFORMATTED_VALUE") == [
        ["Employer", "Seats"],
        ["Alder, Sons", 12],
    ]


def test_a_tab_goes_out_as_csv_and_a_pdf_is_refused_by_name(file, book, kim):
    kim.paste("Sheet1", 1, 1, [["Employer", "Seats"], ["Alder, Sons", "12"]])
    path = f"/drive/v3/files/{file.id}/export"
    told = {"engage.caller": "kim@tameside.example"}
    answer = book.asker.client.get(path, query_string={"mimeType": "text/csv"}, environ_overrides=told)
    assert answer.get_data() == b'Employer,Seats\r\n"Alder, Sons",12'
    refused = book.asker.ask("GET", path, mimeType="application/pdf")
    assert refused.message == "The local server does not play an export as 'application/pdf'."


def test_an_owner_may_ask_somebody_to_take_over_who_then_says_yes(world, file, drive, kim):
    kim.share("sam@tameside.example")
    path = f"/drive/v3/files/{file.id}/permissions"
    sams = next(each for each in drive.ask("GET", path).body["permissions"] if each["role"] == "writer")["id"]
    drive.ask("PATCH", f"{path}/{sams}", {"role": "writer", "pendingOwner": True})
    listed = drive.ask("GET", path, fields="permissions(id,pendingOwner)").body["permissions"]
    assert {"id": sams, "pendingOwner": True} in listed
    sam = Asker(world, "sam@tameside.example")
    assert sam.ask("PATCH", f"{path}/{sams}", {"role": "owner"}).status == 403
    assert sam.ask("PATCH", f"{path}/{sams}", {"role": "owner"}, transferOwnership=True).status == 200
    assert (file.owner, file.pending_owner) == ("sam@tameside.example", None)
