"""What operators count: the metrics served at `/metrics`; no label takes a value that a stranger can make up."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)  # memory, file handles and start time, where the system tells them

DELIVERIES = Counter(
    "handoff_deliveries", "Webhook deliveries by event and answer.", ("event", "answer"), registry=REGISTRY
)
REQUESTS = Counter("handoff_requests", "HTTP requests by method and answer.", ("method", "answer"), registry=REGISTRY)

JOBS = Counter("handoff_jobs", "Jobs run, by kind of subject and how they ended.", ("kind", "end"), registry=REGISTRY)
JOB_SECONDS = Histogram("handoff_job_seconds", "Time from a job's start to its end.", ("kind",), registry=REGISTRY)
JUDGING_SECONDS = Histogram(
    "handoff_judging_seconds",
    "Time from a text to its verdict, waiting not counted.",
    ("kind",),
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5),  # 256 KiB take up to a second
    registry=REGISTRY,
)

# Routes are the templates of `ghapp.github.routes`, never paths.
GITHUB_CALLS = Counter(
    "handoff_github_calls", "Calls to GitHub by route and answer.", ("method", "route", "answer"), registry=REGISTRY
)
GITHUB_WRITES = Counter(
    "handoff_github_writes", "Calls that changed something at GitHub, by route.", ("method", "route"), registry=REGISTRY
)
GITHUB_SECONDS = Histogram(
    "handoff_github_seconds",
    "Time from a call to GitHub to the head of its answer, or to the failure.",
    ("method", "route"),
    buckets=(0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0),  # we give up after 20 seconds
    registry=REGISTRY,
)
RATE_REMAINING = Gauge(
    "handoff_github_rate_remaining",
    "Calls left before the next reset, as this process last saw it: the least of all installations.",
    ("resource",),
    registry=REGISTRY,
)

# Facts of the database, not of a process: they are set when they are asked for.
QUEUE_DEPTH = Gauge("handoff_queue_depth", "Jobs that wait or run.", registry=REGISTRY)
QUEUE_AGE = Gauge(
    "handoff_queue_age_seconds", "Age of the oldest delivery whose jobs have not ended.", registry=REGISTRY
)
LAST_SWEEP = Gauge(
    "handoff_last_sweep_timestamp_seconds", "When GitHub was last asked for all that we lack.", registry=REGISTRY
)
DEAD_LETTERS = Gauge("handoff_dead_letters", "Jobs that were given up.", registry=REGISTRY)
