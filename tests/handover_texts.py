"""What stories of hand-overs begin with: a policy, an issue that is ready, a description that traces it."""

from tests.handover_world import HandoverWorld

POLICY = """
team: {timezone: Asia/Taipei, hours: 09:00-18:00, holidays: TW}
people:
  sari: {role: contractor, timezone: Asia/Jakarta, hours: 09:00-17:00, holidays: ID}
  mads: {role: contractor, timezone: Europe/Copenhagen, hours: 08:00-16:00}
  ana: {role: contractor, timezone: America/Sao_Paulo, hours: 10:00-18:00, away: [2026-03-10/2026-03-12]}
"""

READY = """## Context

`billing/retry.py` sends each failed invoice to the bank once. The bank times out twice a day, and the invoices of
these minutes stay unpaid until somebody looks.

## What to build

`POST /invoices/{id}/retry` with the body `{"reason": "timeout"}` answers 202 and puts the invoice into the table
`retries` with the columns `invoice_id`, `attempt`, `due_at`. A worker sends what is due, at most five times, each time
after twice the pause of the time before, beginning with one minute.

## Acceptance criteria

- `POST /invoices/{id}/retry` for a failed invoice answers 202, and `retries` holds one row with `attempt` 1.
- For an invoice that is paid it answers 409 with `{"error": "already paid"}`, and `retries` is unchanged.
- After the fifth attempt the invoice has the state `given-up`, and no row is left in `retries`.

## Out of scope

The page that lists failed invoices, and e-mails to customers.

## Edge cases

- An unknown id answers 404.
- Two calls at once make one row.
- When the bank is down for an hour, the worker goes on with the next invoice.
"""

TRACE = """Closes #1. Adds the retry, because invoices stayed unpaid whenever the bank timed out.

| id | where |
| --- | --- |
| AC1 | `tests/test_retry.py::test_retry_is_accepted` |
| AC2 | `tests/test_retry.py::test_paid_is_refused` |
"""


def ready_to_hand_over(policy: str) -> HandoverWorld:
    """A Monday morning in Taipei, and issue 1 as it can be handed over."""
    world = HandoverWorld(policy)
    world.at("2026-03-02T10:00+08:00")
    world.github.issue(1, title="Retry failed invoices at the bank", body=READY)
    return world
