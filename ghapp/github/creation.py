"""The App's creation: the manifest that GitHub is sent by way of a browser, and the code that comes back for it.

https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
"""

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import aiohttp

from ghapp.errors import UserError
from ghapp.github.client import NAME, TIMEOUT, VERSION
from ghapp.github.manifest import manifest
from ghapp.github.read.answers import Json
from ghapp.settings.address import Host

LONGEST_NAME = 34  # letters that GitHub takes for an App's name
CODE = re.compile(r"[A-Za-z0-9_-]{1,200}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody asks for: whose App, at which GitHub, and where people and deliveries reach it."""

    host: Host
    organization: str  # "" for the person's own account
    public_url: str
    webhook: str

    @property
    def page(self) -> str:
        """Where GitHub takes the manifest."""
        whose = f"/organizations/{quote(self.organization, safe='')}" if self.organization else ""
        return f"{self.host.web}{whose}/settings/apps/new"

    def manifest(self, back: str) -> dict[str, Any]:
        """The manifest with its addresses; `back` is the origin that the browser comes back to."""
        base = manifest()
        return {
            **base,
            "name": f"{base['name']} {self.organization}".strip()[:LONGEST_NAME].strip(),  # GitHub wants it unique
            "url": self.public_url,
            "hook_attributes": {"url": self.webhook, "active": True},
            "redirect_url": f"{back}/setup/created",
            "callback_urls": [f"{self.public_url}/auth/callback"],
            "setup_url": f"{self.public_url}/setup/installed",
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """An App that GitHub made for us, with the credentials that it says once."""

    id: int
    slug: str
    page: str  # where people read about the App, and install it
    client_id: str
    client_secret: str = field(repr=False)
    private_key: str = field(repr=False)
    webhook_secret: str = field(repr=False)

    @property
    def install(self) -> str:
        """Where it is installed on an account."""
        return f"{self.page}/installations/new"

    def settings(self, order: Order) -> dict[str, str]:
        """Everything that a server is to be told to be this App."""
        return {
            "github_app_id": str(self.id),
            "github_client_id": self.client_id,
            "github_client_secret": self.client_secret,
            "github_private_key": self.private_key,
            "github_webhook_secret": self.webhook_secret,
            "github_api_url": order.host.api,
            "github_web_url": order.host.web,
            "public_url": order.public_url,
        }


class Silent(UserError):
    """GitHub could not be asked; the code is as good as before."""


async def convert(code: str, host: Host) -> Created:
    """Give the code back to GitHub and get the App's credentials for it. It works once, for an hour.

    What is raised never holds the code, which is worth as much as the credentials.

    Raises:
        Silent: GitHub does not answer now; the same code may be tried again.
        UserError: GitHub does not take the code, or what it says cannot be used.
    """
    if not CODE.fullmatch(code):
        raise UserError("GitHub's answer came without its code: begin again, and follow GitHub's own button.")
    headers = {**VERSION, "Accept": "application/vnd.github+json", "User-Agent": NAME}
    try:
        async with (
            aiohttp.ClientSession(timeout=TIMEOUT, cookie_jar=aiohttp.DummyCookieJar()) as http,
            http.post(f"{host.api}/app-manifests/{code}/conversions", headers=headers, allow_redirects=False) as answer,
        ):
            if answer.status != HTTPStatus.CREATED:
                raise _refusal(answer.status, host)
            return _created(await answer.json(content_type=None), host)
    except (aiohttp.ClientError, OSError) as error:
        raise Silent(
            f"{host.api} cannot be reached from this server ({_cause(error)}):"
            " let the server reach it, then try again; the code holds for an hour."
        ) from None
    except (KeyError, TypeError, ValueError):
        raise UserError(
            f"{host.api} does not answer as GitHub does: look at the host that was given, and begin again."
        ) from None


def _refusal(status: int, host: Host) -> UserError:
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY):
        return UserError(
            "GitHub does not take its code any more: it works once, for an hour. Begin again; an App that was created"
            f" meanwhile is of no use, delete it at {host.web}/settings/apps or in the organization's settings."
        )
    if status in (HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS) or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Silent(f"GitHub cannot answer now ({status}): try again in a minute; the code holds for an hour.")
    return UserError(
        f"{host.api} does not answer as GitHub does ({status}): look at the host that was given, and begin again."
    )


def _created(answer: Json, host: Host) -> Created:
    slug = str(answer["slug"])
    page = str(answer["html_url"])
    return Created(
        id=int(answer["id"]),
        slug=slug,
        page=page if page.startswith(f"{host.web}/") else f"{host.web}/apps/{quote(slug, safe='')}",
        client_id=str(answer["client_id"]),
        client_secret=str(answer["client_secret"]),
        private_key=str(answer["pem"]),
        webhook_secret=answer["webhook_secret"] or "",  # none of ours is without, though GitHub may answer null
    )


def _cause(error: Exception) -> str:
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return "its certificate is not trusted here"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "its name cannot be found"
    return "it gives no answer" if isinstance(error, TimeoutError) else "there is no connection"
