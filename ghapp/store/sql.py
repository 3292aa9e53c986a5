"""The store in SQLAlchemy: the same statements for SQLite and PostgreSQL."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, Table, Text, cast, delete, insert, select

from ghapp.backlog.scans import Page, Scan
from ghapp.database import address, engines, schema
from ghapp.database.access import Access, access
from ghapp.database.tables import (
    comments,
    dead_letters,
    digests,
    handovers,
    installations,
    overrides,
    policies,
    scans,
    sweeps,
    verdicts,
)
from ghapp.database.tables import missed as missed_table
from ghapp.database.tables import posted as posted_table
from ghapp.database.tables import weeks as weeks_table
from ghapp.database.tables import written as written_table
from ghapp.errors import See, StartError
from ghapp.handover.ledger import Handover
from ghapp.handover.posted import Posted
from ghapp.overrides import Override
from ghapp.store import (
    Installation,
    Kept,
    LastGood,
    Missed,
    Overruled,
    Plan,
    Swept,
    sql_digests,
    sql_handovers,
    sql_overrides,
    sql_recovery,
    sql_scans,
    sql_weeks,
)
from ghapp.subjects import Subject
from ghapp.trends.weeks import Week

OF_INSTALLATIONS = (
    verdicts,
    comments,
    policies,
    sweeps,
    missed_table,
    overrides,
    written_table,
    scans,
    handovers,
    digests,
    posted_table,
    weeks_table,
)
# As text: databases differ in how they compare a number within JSON.
_INSTALLATION = cast(dead_letters.c.job["subject", "installation"].as_string(), Text)

TRIAL = "trial"  # the row that is written to see whether one can be; no subject has this key

Value = TypeVar("Value")


async def open(url: str) -> "SqlStore":  # noqa: A001 - see `ghapp.store.open`
    """Connect once; see `ghapp.store.open`."""
    return SqlStore(await access(address.read(url)))


class SqlStore:
    """What we know, in tables."""

    def __init__(self, access: Access) -> None:
        self._read = access.read
        self._write = access.write
        self._close = access.close

    async def keep_verdict(self, subject: Subject, verdict: dict[str, object], *, at: datetime) -> None:
        """Keep a subject's newest verdict, as its JSON."""
        await self._keep(verdicts, **_of(subject), verdict=verdict, judged_at=at)

    async def verdict(self, subject: Subject) -> dict[str, object] | None:
        """The newest verdict kept."""
        row = await self._row(select(verdicts.c.verdict).where(verdicts.c.subject == subject.key))
        return row and row.verdict

    async def kept_verdicts(self, keys: Collection[str]) -> dict[str, dict[str, object]]:
        """The newest verdicts kept on some subjects, by the subjects' keys."""
        wanted = select(verdicts.c.subject, verdicts.c.verdict).where(verdicts.c.subject.in_(keys))
        return await self._read(lambda connection: {row.subject: row.verdict for row in connection.execute(wanted)})

    async def keep_comment(self, subject: Subject, comment: int) -> None:
        """Keep the id of a subject's sticky comment."""
        await self._keep(comments, **_of(subject), comment=comment)

    async def comment(self, subject: Subject) -> int | None:
        """The id of a subject's sticky comment."""
        row = await self._row(select(comments.c.comment).where(comments.c.subject == subject.key))
        return row and row.comment

    async def keep_installation(self, installation: Installation) -> None:
        """Keep an installation as GitHub describes it now."""
        await self._keep(
            installations,
            id=installation.id,
            account=installation.account,
            installed_at=installation.installed_at,
            suspended=installation.suspended,
            lacks=",".join(installation.lacks),
        )

    async def installation(self, installation: int) -> Installation | None:
        """An installation, if it is known."""
        row = await self._row(select(installations).where(installations.c.id == installation))
        return row and _installation(row)

    async def installations(self) -> tuple[Installation, ...]:
        """All installations that are known."""
        every = select(installations).order_by(installations.c.id)
        return await self._read(lambda connection: tuple(_installation(row) for row in connection.execute(every)))

    async def forget_installation(self, installation: int) -> None:
        """Delete an installation and everything known of its subjects, dead letters among it."""

        def forget(connection: Connection) -> None:
            connection.execute(delete(installations).where(installations.c.id == installation))
            connection.execute(delete(dead_letters).where(_INSTALLATION.in_([str(installation)])))
            for table in OF_INSTALLATIONS:
                connection.execute(delete(table).where(table.c.installation == installation))

        await self._write(forget)

    async def keep_policy(self, subject: Subject, policy: LastGood) -> None:
        """Keep a repository's last good policy text."""
        await self._keep(
            policies,
            repository=_whose(subject),
            installation=subject.installation,
            oid=policy.oid,
            text=policy.text,
        )

    async def policy(self, subject: Subject) -> LastGood | None:
        """A repository's last good policy text."""
        row = await self._row(select(policies).where(policies.c.repository == _whose(subject)))
        return row and LastGood(oid=row.oid, text=row.text)

    async def keep_swept(self, subject: Subject, swept: Swept) -> None:
        """Keep how far a subject was looked over."""
        await self._keep(sweeps, **_of(subject), at=swept.at, page=swept.page)

    async def swept(self, subject: Subject) -> Swept | None:
        """How far a subject was looked over; None when it never was."""
        row = await self._row(select(sweeps).where(sweeps.c.subject == subject.key))
        return row and Swept(at=row.at, page=row.page)

    async def held(self, guids: Collection[str]) -> frozenset[str]:
        """Those of some deliveries that were taken, whatever came of them."""
        return await self._read(lambda connection: sql_recovery.held(connection, guids))

    async def note_missed(self, missed: Sequence[Missed]) -> None:
        """Keep deliveries that never came; those that are kept already stay as they are."""
        if missed:
            await self._write(lambda connection: sql_recovery.note(connection, missed))

    async def missed(self, *, now: datetime, most: int) -> tuple[Missed, ...]:
        """The newest deliveries that have still not come and may be asked for; those that came are forgotten."""
        return await self._write(lambda connection: sql_recovery.due(connection, now=now, most=most))

    async def keep_missed(self, missed: Missed) -> None:
        """Keep when a delivery may be asked for again."""
        await self._keep(missed_table, **asdict(missed))

    async def forget_missed(self, guid: str) -> None:
        """Ask no more for a delivery."""
        await self._write(
            lambda connection: connection.execute(delete(missed_table).where(missed_table.c.guid == guid))
        )

    async def given_up(self, subjects: Collection[Subject]) -> frozenset[str]:
        """The keys of those subjects that have a dead letter."""
        return await self._read(lambda connection: sql_recovery.given_up(connection, subjects))

    async def keep_override(self, overruled: Overruled) -> None:
        """Keep a person's word; one that is kept already stays as it is."""
        await self._write(lambda connection: sql_overrides.keep(connection, overruled))

    async def override(self, subject: Subject) -> Override | None:
        """The newest word on a subject, whether it stands or not."""
        return await self._read(lambda connection: sql_overrides.newest(connection, subject))

    async def overrides(self, repository: str = "") -> tuple[Overruled, ...]:
        """Every word, oldest first; of one repository, by any name that it had when something was said."""
        return await self._read(lambda connection: sql_overrides.every(connection, repository))

    async def newest_overrides(self, repository: int) -> dict[str, Override]:
        """The newest word on each subject of a repository."""
        return await self._read(lambda connection: sql_overrides.newest_of(connection, repository))

    async def lapsed(self, today: date) -> tuple[Subject, ...]:
        """The subjects with a word whose last day is over, and nobody was told yet."""
        return await self._read(lambda connection: sql_overrides.lapsed(connection, today))

    async def note_lapsed(self, today: date) -> None:
        """Keep that those were told."""
        await self._write(lambda connection: sql_overrides.note_lapsed(connection, today))

    async def keep_handover(self, kept: Kept) -> None:
        """Keep a ledger in the place of the one before."""
        await self._write(lambda connection: sql_handovers.keep(connection, kept))

    async def forget_handover(self, subject: Subject) -> None:
        """Delete the ledger of an issue that turned out to be in nobody's hands."""
        await self._write(lambda connection: sql_handovers.forget(connection, subject))

    async def handover(self, subject: Subject) -> Handover | None:
        """The ledger of a hand-over, whether it has ended or not."""
        return await self._read(lambda connection: sql_handovers.one(connection, subject))

    async def handovers(self, *, installation: int, repository: int = 0, ended: bool = False) -> tuple[Kept, ...]:
        """The ledgers of an installation, or of one of its repositories."""
        return await self._read(
            lambda connection: sql_handovers.several(
                connection, installation=installation, repository=repository, ended=ended
            )
        )

    async def handovers_of(self, pull: Subject) -> tuple[Kept, ...]:
        """The ledgers of the issues that a pull request answers, ended ones as well."""
        return await self._read(lambda connection: sql_handovers.of_pull(connection, pull))

    async def due_handovers(self, now: datetime) -> tuple[Subject, ...]:
        """The hand-overs that are to be looked at by now."""
        return await self._read(lambda connection: sql_handovers.due(connection, now))

    async def keep_weeks(self, subject: Subject, weeks: Sequence[Week]) -> None:
        """Keep all weeks of an issue's hand-overs, in the place of those before."""
        await self._write(lambda connection: sql_weeks.keep(connection, subject, weeks))

    async def weeks(self, subject: Subject) -> tuple[Week, ...]:
        """All weeks of an issue's hand-overs, oldest first."""
        return await self._read(lambda connection: sql_weeks.of_subject(connection, subject))

    async def weeks_of(self, name: str) -> tuple[Week, ...]:
        """All weeks of an owner's hand-overs, or of a repository's."""
        return await self._read(lambda connection: sql_weeks.of_name(connection, name))

    async def weeks_known(self) -> tuple[str, ...]:
        """The names of all repositories that have weeks."""
        return await self._read(sql_weeks.known)

    async def keep_plans(self, plans: Sequence[Plan]) -> None:
        """Keep when digests are due."""
        await self._write(lambda connection: sql_digests.keep_plans(connection, plans))

    async def due_digests(self, now: datetime) -> tuple[int, ...]:
        """The installations with a digest that is due."""
        return await self._read(lambda connection: sql_digests.due(connection, now))

    async def keep_posted(self, installation: int, home: str, posted: Posted) -> None:
        """Keep what was told in one place."""
        await self._write(lambda connection: sql_digests.keep_posted(connection, installation, home, posted))

    async def posted(self, installation: int, home: str) -> Posted:
        """What was told in one place."""
        return await self._read(lambda connection: sql_digests.posted(connection, installation, home))

    async def keep_scan_page(self, subject: Subject, page: Page) -> None:
        """Keep a page of a scan that is under way."""
        await self._write(lambda connection: sql_scans.keep_page(connection, subject, page))

    async def last_scan_page(self, subject: Subject) -> Page | None:
        """The page where a scan goes on."""
        return await self._read(lambda connection: sql_scans.last_page(connection, subject))

    async def scan_pages(self, subject: Subject) -> tuple[Page, ...]:
        """All pages of the scan that is under way, in their order."""
        return await self._read(lambda connection: sql_scans.pages(connection, subject))

    async def drop_scan_pages(self, subject: Subject) -> None:
        """Forget the scan that is under way."""
        await self._write(lambda connection: sql_scans.drop_pages(connection, subject))

    async def end_scan(self, subject: Subject, scan: Scan) -> None:
        """Keep a whole scan, in the place of its pages and of the one before."""
        await self._write(lambda connection: sql_scans.end(connection, subject, scan))

    async def scan(self, repository: str) -> Scan | None:
        """The newest whole scan of a repository, by the name it had then."""
        return await self._read(lambda connection: sql_scans.newest(connection, repository))

    async def scanned(self, repositories: Collection[int]) -> frozenset[int]:
        """Those of some repositories of which a scan is kept or under way."""
        return await self._read(lambda connection: sql_scans.scanned(connection, repositories))

    async def written(self, installation: int, *, since: datetime) -> tuple[datetime, ...]:
        """When content was written for an installation, by any process."""
        ours, at = written_table.c.installation == installation, written_table.c.at
        return await self._read(lambda connection: tuple(connection.scalars(select(at).where(ours, at > since))))

    async def keep_written(self, installation: int, *, at: datetime, forget: datetime) -> None:
        """Keep that content is written, and forget what was written before a time."""

        def keep(connection: Connection) -> None:
            connection.execute(delete(written_table).where(written_table.c.at < forget))
            connection.execute(insert(written_table).values(installation=installation, at=at))

        await self._write(keep)

    async def ready(self) -> None:
        """Return when the database answers and has every migration; see `Store`."""
        if not await self._read(schema.serves):
            raise StartError(
                "DATABASE_URL names a database that is not up to date: run `ghapp migrate`.", see=See.NEWER
            )

    async def try_writing(self, *, now: datetime) -> None:
        """Return when something small was written; see `Store`."""
        await self._keep(sweeps, subject=TRIAL, installation=0, at=now, page=1)

    async def close(self) -> None:
        """Let go of the database."""
        await self._close()

    async def _keep(self, table: Table, **values: object) -> None:
        await self._write(lambda connection: connection.execute(engines.upsert(table, connection.dialect.name), values))

    async def _row(self, statement: Select[Any]) -> Row[Any] | None:
        return await self._read(lambda connection: connection.execute(statement).first())


def _whose(subject: Subject) -> int:
    """A repository's number; an owner's file is kept under its installation's, which no repository has."""
    return subject.repository or -subject.installation


def _of(subject: Subject) -> dict[str, object]:
    return {"subject": subject.key, "installation": subject.installation}


def _installation(row: Row[Any]) -> Installation:
    return Installation(
        id=row.id,
        account=row.account,
        installed_at=row.installed_at,
        suspended=row.suspended,
        lacks=tuple(filter(None, row.lacks.split(","))),
    )
