"""Texts to try in the playground: of each kind one that can be handed over and one that cannot."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """A text to try and the name of its button."""

    name: str
    kind: str
    title: str
    body: str


SAMPLES = (
    Sample(
        "A wish",
        "issue",
        "Improve the invoice export",
        """\
The export is too slow and support keeps complaining. It should be fast and user-friendly, with \
filters etc. as discussed with Dana on the call.

## Done when

- Exports work properly
- Errors are handled

Columns: TBD, see the usual place in Slack.
""",
    ),
    Sample(
        "A feature to start on",
        "issue",
        "Export one month of invoices as CSV: GET /exports/{month}",
        """\
## Context

The billing service (`billing/api`) lists invoices as JSON, 50 to a page. Support copies them by hand into a \
spreadsheet at the end of each month, which takes about two hours and has led to wrong totals twice this year.

## What goes in and out

`GET /exports/2026-01` with the header `Authorization: Bearer <token>` answers `200`, `Content-Type: text/csv`:

```csv
invoice,customer,date,total_cents
INV-0001,ACME,2026-01-03,12900
```

`total_cents` is an integer; `date` is ISO 8601. A month that is not `YYYY-MM` answers `400` with \
`{"error": "month must be YYYY-MM"}`; a token without the scope `billing:read` answers `403`.

## Acceptance criteria

- [ ] For the seeded account, `GET /exports/2026-01` returns 31 rows sorted by `invoice`.
- [ ] The sum of `total_cents` equals `GET /reports/2026-01` `.total_cents`.
- [ ] 10,000 rows are delivered in under 2 seconds on the staging machine.
- [ ] `make test` passes, with a test for each status code above.

## Edge cases

- A month without invoices answers `200` with the header line only.
- A customer's name with a comma or a quote is quoted as in RFC 4180.
- If the connection ends early, nothing is left on disk: rows are streamed, no file is written.

## Out of scope

The yearly export, any change to the user interface, and other formats than CSV.

## Delivery

One pull request by 30 January, reviewed by the billing team within a working day.
""",
    ),
    Sample(
        "A bug to start on",
        "issue",
        "POST /sessions answers 500 when the e-mail has a trailing space",
        """\
**Steps**

1. Start the API with `make run` and the seeded database.
2. `curl -i -d '{"email": "kim@example.com ", "password": "secret-pass"}' localhost:8000/sessions`

**Actual**: `500 Internal Server Error`; the log says `ValueError: invalid address` in `auth/address.py`, line 42.

**Expected**: `201` with a session, the same as without the space. An address that is wrong after trimming \
answers `422` with `{"error": "email"}`, as today.

Phones add the space when they complete an address. Since Monday 4 % of all sign-ins fail this way, so people cannot \
get in at all.

Done when a test in `tests/auth/test_sessions.py` covers a leading space, a trailing space and both, and the \
existing tests pass. Only `POST /sessions` is to change; sign-up already trims. An empty address keeps \
answering `422`.
""",
    ),
    Sample("Only a title", "pull", "Fix export", "See commits.\n"),
    Sample(
        "What and why",
        "pull",
        "Stream the invoice export row by row",
        """\
The export now writes each row to the response as it is read, instead of building the whole file in memory.

Accounts with more than 200,000 rows ran out of memory on the 512 MB machines, and their export failed at night \
without anybody seeing it.

I kept the column order. I also looked at writing to a temporary file first, and left it out: the machines \
have a read-only disk.

Checked with `pytest tests/exports` (41 passed) and by exporting 400,000 made-up rows: 90 MB at the peak, before it \
was killed at 512 MB.

Closes #12
""",
    ),
)
