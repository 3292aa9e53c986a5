"""Looks at addresses: what an answer is, and why there is none."""

import asyncio
import ssl
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from ghapp.github import reach
from ghapp.github.reach import Answer, Cause, Network, Unreached, network

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


async def redirecting(_request):
    raise web.HTTPFound("/elsewhere")


async def hello(_request):
    return web.Response(text="hello", headers={"Date": "Mon, 02 Mar 2026 12:00:00 GMT"})


async def long(_request):
    return web.Response(text="x" * (reach.MOST + 1))


async def breaking(request):
    request.transport.abort()
    return web.Response()


async def silence(_request):
    await asyncio.Event().wait()


@pytest.fixture
async def server():
    app = web.Application()
    app.add_routes(
        [
            web.get("/hello", hello),
            web.get("/redirecting", redirecting),
            web.get("/long", long),
            web.get("/breaking", breaking),
            web.get("/silence", silence),
        ]
    )
    async with TestServer(app) as made:
        yield made


@pytest.fixture
def certificate(tmp_path):
    """A certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "handoff.example")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(NOON)
        .not_valid_after(NOON + timedelta(days=36500))
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "tls.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(made.public_bytes(Encoding.PEM) + private)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    return context


async def test_an_answer_is_kept_as_it_is(server):
    async with network() as outside:
        found = await outside.get(str(server.make_url("/hello")))
    assert (found.status, found.text, found.headers["Date"]) == (200, "hello", "Mon, 02 Mar 2026 12:00:00 GMT")


async def test_a_redirection_is_an_answer(server):
    async with network() as outside:
        found = await outside.get(str(server.make_url("/redirecting")))
    assert (found.status, found.headers["Location"]) == (302, "/elsewhere")


async def test_of_a_long_answer_the_beginning_is_read(server):
    async with network() as outside:
        assert len((await outside.get(str(server.make_url("/long")))).text) <= reach.MOST


async def failure(url: str, *, seconds: float = 5) -> Cause:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=seconds)) as session:
        with pytest.raises(Unreached) as error:
            await Network(session).get(url)
    assert str(error.value)
    return error.value.cause


async def test_a_port_that_nothing_listens_at(unused_tcp_port):
    assert await failure(f"http://127.0.0.1:{unused_tcp_port}/") is Cause.CLOSED


async def test_a_connection_that_ends(server):
    assert await failure(str(server.make_url("/breaking"))) is Cause.BROKEN


async def test_a_server_that_says_nothing(server):
    assert await failure(str(server.make_url("/silence")), seconds=0.05) is Cause.SILENT


async def test_a_certificate_that_nobody_vouches_for(certificate):
    async with TestServer(web.Application()) as server:
        await server.close()
    secure = TestServer(web.Application(), scheme="https")
    await secure.start_server(ssl=certificate)
    try:
        assert await failure(str(secure.make_url("/"))) is Cause.TLS
    finally:
        await secure.close()


async def test_an_address_leads_to_itself():
    async with network() as outside:
        assert await outside.addresses("127.0.0.1") == ("127.0.0.1",)


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "-"])
async def test_a_name_that_leads_nowhere(host):
    async with network() as outside:
        with pytest.raises(Unreached) as error:
            await outside.addresses(host)
    assert error.value.cause is Cause.NAME


@pytest.mark.parametrize(
    ("date", "ahead"),
    [
        pytest.param("Mon, 02 Mar 2026 12:00:00 GMT", timedelta(seconds=-0.5), id="the same second"),
        pytest.param("Mon, 02 Mar 2026 11:50:00 GMT", timedelta(minutes=10, seconds=-0.5), id="ahead"),
        pytest.param("Mon, 02 Mar 2026 12:10:00 GMT", timedelta(minutes=-10, seconds=-0.5), id="behind"),
        pytest.param("Mon, 02 Mar 2026 12:00:00", None, id="without a zone"),
        pytest.param("yesterday", None, id="no time"),
        pytest.param("", None, id="none"),
    ],
)
def test_the_clocks_are_compared_by_what_the_answer_says(date, ahead):
    assert reach.offset(Answer(status=200, headers={"Date": date}, text="", at=NOON)) == ahead


@given(st.text())
def test_no_time_that_somebody_writes_is_a_fault_of_ours(date):
    assert isinstance(reach.offset(Answer(status=200, headers={"Date": date}, text="", at=NOON)), timedelta | None)


@given(
    st.from_regex(r"(Mon, )?[0-9]{1,6} (Jan|Dec|Foo) [0-9]{1,6} [0-9]{1,4}:[0-9]{1,4}:[0-9]{1,4} ([+-][0-9]{1,9}|GMT)")
)
def test_no_time_of_that_form_is_either(date):
    assert isinstance(reach.offset(Answer(status=200, headers={"Date": date}, text="", at=NOON)), timedelta | None)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("140.82.121.4", True),
        ("2606:50c0:8000::153", True),
        ("10.0.0.5", False),
        ("172.16.3.4", False),
        ("192.168.1.2", False),
        ("169.254.1.1", False),
        ("100.64.0.1", False),
        ("127.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("handoff.example", False),
    ],
)
def test_private_addresses_are_told_apart(address, public):
    assert reach.is_public(address) is public
