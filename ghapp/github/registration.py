"""Our App as it is registered at GitHub: who owns it, what it asks for, and where its deliveries go."""

from collections.abc import Mapping
from dataclasses import dataclass

from ghapp.errors import Gone
from ghapp.github.client import Client
from ghapp.github.read.answers import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """The App itself; what an account granted of it stands with its installation."""

    id: int
    slug: str
    owner: str
    is_organizations: bool
    permissions: Mapping[str, str]
    events: frozenset[str]

    def page(self, web: str) -> str:
        """The address of the App's settings page, below GitHub's address for people."""
        whose = f"/organizations/{self.owner}" if self.is_organizations else ""
        return f"{web}{whose}/settings/apps/{self.slug}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """Where GitHub delivers to, and how; of the secret it only says whether there is one."""

    url: str
    content_type: str
    verifies_tls: bool
    has_secret: bool


async def registration(app: Client) -> Registration:
    """The App that the signature of this client belongs to."""
    found: Json = await app.getitem("/app")
    owner = found.get("owner") or {}
    return Registration(
        id=int(found["id"]),
        slug=str(found["slug"]),
        owner=owner.get("login") or "",
        is_organizations=owner.get("type") == "Organization",
        permissions=dict(found.get("permissions") or {}),
        events=frozenset(found.get("events") or ()),
    )


async def hook(app: Client) -> Hook:
    """The App's webhook; one without an address where it has none.

    https://docs.github.com/en/rest/apps/webhooks#get-a-webhook-configuration-for-an-app: the secret is masked.
    """
    try:
        found: Json = await app.getitem("/app/hook/config")
    except Gone:
        found = {}
    return Hook(
        url=found.get("url") or "",
        content_type=found.get("content_type") or "form",
        verifies_tls=str(found.get("insecure_ssl") or 0) == "0",
        has_secret=bool(found.get("secret")),
    )
