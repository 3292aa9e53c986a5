"""The access log says what was asked and never what came after the question mark."""

import pytest
import structlog
from aiohttp.test_utils import make_mocked_request
from aiohttp.web import Response
from structlog.testing import capture_logs

from ghapp.web.access import AccessLogger
from ghapp.web.keys import DELIVERY


def logged(method, path, status=200, text="", delivery=None):
    request = make_mocked_request(method, path)
    if delivery is not None:
        request[DELIVERY] = delivery
    with capture_logs() as lines:
        structlog.get_logger()
        AccessLogger(None, "").log(request, Response(status=status, text=text), 0.01234)
    return lines


@pytest.mark.parametrize(
    ("method", "path", "status", "level"),
    [
        ("GET", "/healthz", 200, "debug"),
        ("GET", "/readyz", 503, "debug"),
        ("GET", "/metrics", 200, "debug"),
        ("GET", "/static/handoff.css?v=1", 200, "debug"),
        ("GET", "/webhook", 405, "info"),
        ("GET", "/", 200, "info"),
        ("GET", "/statics", 404, "info"),
    ],
)
def test_what_machines_ask_for_all_day_is_logged_for_debugging_only(method, path, status, level):
    (line,) = logged(method, path, status)
    assert line["log_level"] == level


@pytest.mark.parametrize("status", [202, 401, 503])
@pytest.mark.parametrize("guid", ["", "72d3162e"])
def test_a_delivery_which_the_log_has_told_of_is_not_told_of_twice(status, guid):
    (line,) = logged("POST", "/webhook", status, delivery=guid)
    assert (line["log_level"], line["delivery"]) == ("debug", guid)


def test_the_bytes_are_the_bodys():
    (line,) = logged("GET", "/", text="é")
    assert line["bytes"] == 2


def test_a_line_holds_method_path_status_and_time():
    (line,) = logged("GET", "/criteria/why")
    assert (line["method"], line["path"], line["status"], line["ms"]) == ("GET", "/criteria/why", 200, 12.3)


def test_the_query_string_is_left_out():
    (line,) = logged("GET", "/auth/callback?code=s3cr3t&state=x")
    assert line["path"] == "/auth/callback"
    assert "s3cr3t" not in str(line)


def test_a_path_cannot_break_out_of_its_line():
    (line,) = logged("GET", "/a%0Ab")
    assert line["path"] == "/a%0Ab"
