"""Answers other than 200 that come before a spreadsheet is looked at, in Google's words and shapes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from werkzeug import Response

STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    408: "DEADLINE_EXCEEDED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}
JSON = "application/json; charset=UTF-8"


def failure(
    code: int,
    message: str,
    headers: Mapping[str, str] | None = None,
    details: list[dict[str, Any]] | None = None,
) -> Response:
    """An error as every Google API answers it."""
    error: dict[str, Any] = {"code": code, "message": message, "status": STATUS[code]}
    if details:
        error["details"] = details
    return Response(json.dumps({"error": error}), code, headers, content_type=JSON)


def reason(name: str, **metadata: str) -> list[dict[str, Any]]:
    """The `details` that name a reason."""
    kind = "type.googleapis.com/google.rpc.ErrorInfo"
    return [{"@type": kind, "reason": name, "domain": "googleapis.com", "metadata": metadata}]


def token_failure(code: int, error: str, description: str) -> Response:
    """An error of the token endpoint (RFC 6749, 5.2)."""
    body = {"error": error, "error_description": description}
    return Response(json.dumps(body), code, content_type=JSON)


def html(code: int, words: str) -> Response:
    """The page that Google's front servers answer with when they do not get through."""
    page = f"<!DOCTYPE html><html lang=en><title>Error {code}</title><p>{words}</p></html>"
    return Response(page, code, content_type="text/html; charset=UTF-8")


def service_disabled(service: str, title: str, project: str) -> Response:
    """The API is not switched on in the caller's project."""
    link = f"https://console.developers.google.com/apis/api/{service}/overview?project={project}"
    message = (
        f"{title} has not been used in project {project} before or it is disabled. Enable it by visiting "
        f"{link} then retry. If you enabled this API recently, wait a few minutes for the action to "
        "propagate to our systems and retry."
    )
    return failure(
        403,
        message,
        details=reason("SERVICE_DISABLED", service=service, activationUrl=link, consumer=project),
    )


def too_few_scopes() -> Response:
    """The token was given for less."""
    return failure(
        403,
        "Request had insufficient authentication scopes.",
        details=reason("ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
    )
