"""Who we are on GitHub."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Identity:
    """Our App as GitHub knows it: `slug` is the name in its address and, with `[bot]`, its login."""

    id: int
    slug: str

    @property
    def login(self) -> str:
        """The login that REST and deliveries show, "" while it is unknown; GraphQL leaves `[bot]` out."""
        return f"{self.slug}[bot]" if self.slug else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What signs us in as the App: the issuer is its client id, or its App id on old servers."""

    issuer: str
    private_key: str = field(repr=False)
