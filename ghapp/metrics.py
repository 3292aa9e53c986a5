"""What operators count: the metrics served at `/metrics`."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()

DELIVERIES = Counter(
    "handoff_deliveries", "Webhook deliveries by event and answer.", ("event", "answer"), registry=REGISTRY
)
JOBS = Counter("handoff_jobs", "Jobs run, by kind of subject and how they ended.", ("kind", "end"), registry=REGISTRY)
JOB_SECONDS = Histogram("handoff_job_seconds", "Time from a job's start to its end.", ("kind",), registry=REGISTRY)
REQUESTS = Counter("handoff_requests", "HTTP requests by method and answer.", ("method", "answer"), registry=REGISTRY)

# Facts of the database, not of a process: `ghapp.queue.measure` sets them when they are asked for.
QUEUE_DEPTH = Gauge("handoff_queue_depth", "Jobs that wait or run.", registry=REGISTRY)
QUEUE_AGE = Gauge(
    "handoff_queue_age_seconds", "Age of the oldest delivery whose jobs have not ended.", registry=REGISTRY
)
DEAD_LETTERS = Gauge("handoff_dead_letters", "Jobs that were given up.", registry=REGISTRY)
