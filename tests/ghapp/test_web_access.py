"""The access log says what was asked and never what came after the question mark."""

import structlog
from aiohttp.test_utils import make_mocked_request
from aiohttp.web import Response
from structlog.testing import capture_logs

from ghapp.web.access import AccessLogger


def logged(method, path):
    with capture_logs() as lines:
        structlog.get_logger()
        AccessLogger(None, "").log(make_mocked_request(method, path), Response(status=200), 0.01234)
    return lines


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
