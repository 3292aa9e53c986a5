"""Where a job stands among those that wait on PostgreSQL: procrastinate has one number for it, the highest goes first.

The number goes down with each failure and each wait. That lets others of the same subject pass a job which is put off:
procrastinate holds back what stands behind another job with the same lock.
"""

from dataclasses import dataclass, replace

STEP = 1_000  # of failures and of waits; more waits than that are not told apart
BEHIND = STEP * STEP  # the backlog's distance behind people's jobs


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A job's class, and what became of it until now."""

    is_backlog: bool = False
    failures: int = 0
    waits: int = 0

    @classmethod
    def of(cls, priority: int) -> "Standing":
        """The standing that procrastinate's number stands for."""
        backlog, rest = divmod(-priority, BEHIND)
        failures, waits = divmod(rest, STEP)
        return cls(is_backlog=backlog > 0, failures=failures, waits=waits)

    @property
    def priority(self) -> int:
        """Procrastinate's number."""
        return -(self.is_backlog * BEHIND + min(self.failures, STEP - 1) * STEP + min(self.waits, STEP - 1))

    def after(self, *, failed: bool) -> "Standing":
        """The standing of a job that has run and is to run again."""
        return replace(self, failures=self.failures + failed, waits=self.waits + (not failed))
