"""The stage for stories of digests: a team in Taipei, contractors in Magelang, Copenhagen and Sao Paulo."""

from datetime import timedelta

from tests.fake_digests import FIRST
from tests.fake_state import FakeIssue
from tests.fakes import US
from tests.handover_world import HandoverWorld

POLICY = """
team: {timezone: Asia/Taipei, holidays: TW}
people:
  dana: {role: team}
  sari: {role: contractor, timezone: Asia/Jakarta, holidays: ID}
  mads: {role: contractor, timezone: Europe/Copenhagen, holidays: DK}
  rui: {role: contractor, timezone: America/Sao_Paulo, holidays: BR-SP}
updates: {enabled: false}
digest: {enabled: true}
"""

BODY = """\
Failed invoices are retried by nobody today: `billing/retry.py` gives up after the first error.

## Acceptance criteria
- [ ] A failed invoice is sent again after 1, 5 and 25 minutes.
- [ ] After the third failure it has the status `failed`.
"""


class DigestWorld(HandoverWorld):
    """Issue 1 of acme/billing, which dana hands to sari at noon of a Monday in Taipei."""

    def __init__(self, policy: str = POLICY) -> None:
        super().__init__(policy)
        self.at("2026-03-02T12:00+08:00")
        self.github.issue(body=BODY, created_at=self.now)

    async def pass_until(self, moment: str, *, step: timedelta = timedelta(minutes=20)) -> None:
        """Let days go by; a sweep each five minutes would ring the same."""
        await super().pass_until(moment, step=step)

    @property
    def issue_of_ours(self) -> FakeIssue | None:
        """The digest's issue."""
        return next((each for each in self.github.repository.issues.values() if each.author == US.login), None)

    @property
    def text(self) -> str:
        """What the digest says."""
        found = self.issue_of_ours
        return found.body if found else ""

    @property
    def calls(self) -> list[str]:
        """The comments that called somebody."""
        return [each.text for each in self.github.ours(FIRST)]

    def written(self) -> list[str]:
        """What was written to GitHub for digests, without what other jobs wrote."""
        return [each for each in self.github.writes if f"/issues/{FIRST}" in each or each.endswith("/issues")]
