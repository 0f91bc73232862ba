"""What the server refuses, in Google's words and in Google's shape."""

from typing import Any

GOOGLE_STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
}
BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest"


class Refused(Exception):
    """An answer other than 200; status is Google's canonical name, drive asks for Drive's older shape.

    violation: (field, description), which Google gives beside a message that says nothing.
    """

    def __init__(
        self,
        message: str,
        *,
        code: int = 400,
        status: str | None = None,
        drive: dict[str, str] | None = None,
        violation: tuple[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.status = status or GOOGLE_STATUS[code]
        self.drive = drive
        self.violation = violation

    def body(self) -> dict[str, Any]:
        """The JSON document that Google answers with."""
        if self.drive is not None:
            first = {"message": self.message, "domain": "global", **self.drive}
            return {"error": {"code": self.code, "message": self.message, "errors": [first]}}
        error: dict[str, Any] = {"code": self.code, "message": self.message, "status": self.status}
        if self.violation is not None:
            field, description = self.violation
            found = [{"field": field, "description": description}]
            error["details"] = [{"@type": BAD_REQUEST, "fieldViolations": found}]
        return {"error": error}


def no_permission() -> Refused:
    """The caller may not do this."""
    return Refused("The caller does not have permission", code=403)


def not_found() -> Refused:
    """There is no such spreadsheet, or the caller may not know of it."""
    return Refused("Requested entity was not found.", code=404)


def file_not_found(file_id: str) -> Refused:
    """Drive's own words for an id that it does not know."""
    where = {"reason": "notFound", "location": "fileId", "locationType": "parameter"}
    return Refused(f"File not found: {file_id}.", code=404, drive=where)


def not_played(what: str) -> Refused:
    """Google would do this and this server does not: say so by name rather than accept it in silence."""
    return Refused(f"The local server does not play {what}.", status="UNIMPLEMENTED")
