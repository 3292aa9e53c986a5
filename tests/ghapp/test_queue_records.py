"""Jobs as they are stored: read back whole, and by the version before where nothing new is said."""

from ghapp.queue.records import pack, unpack
from ghapp.subjects import Job, Kind, Subject

PULL = Subject(kind=Kind.PULL, installation=5, repository=70, repository_node="R_1", number=12)
OLDER = {"subject", "why", "command", "again", "delivery"}  # what the version before knows


def test_a_job_is_read_back_whole():
    pressed = Job(subject=PULL, why="check_run.requested_action", button="exempt", by="dana", delivery="g")
    assert unpack(pack(pressed)) == pressed


def test_the_version_before_can_read_what_says_nothing_new():
    assert pack(Job(subject=PULL, why="pull_request.edited")).keys() == OLDER
