# The digest is the multi-platform index's; Dependabot renews it with the tag, in both stages at once.
FROM python:3.11.14-slim-bookworm@sha256:65a93d69fa75478d554f4ad27c85c1e69fa184956261b4301ebaf6dbb0a3543d AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1
WORKDIR /build
RUN python -m venv --without-pip /opt/handoff
COPY requirements.txt ./
RUN pip --python /opt/handoff install --require-hashes --only-binary :all: -r requirements.txt
COPY pyproject.toml README.md LICENSE app.yaml ./
COPY config config/
COPY checks checks/
COPY ghapp ghapp/
COPY docs docs/
RUN pip --python /opt/handoff install --no-deps --no-build-isolation --no-index . \
    && /opt/handoff/bin/ghapp --version

FROM python:3.11.14-slim-bookworm@sha256:65a93d69fa75478d554f4ad27c85c1e69fa184956261b4301ebaf6dbb0a3543d
LABEL org.opencontainers.image.title="Handoff" \
      org.opencontainers.image.description="Judges whether an issue can be started by a stranger and whether a pull request says what was built and why." \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MIT"
RUN groupadd --gid 10001 handoff \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin handoff \
    && install --directory --owner=10001 --group=10001 --mode=0750 /data
COPY --from=build /opt/handoff /opt/handoff
COPY sbom.cdx.json /usr/share/doc/handoff/
ENV PATH=/opt/handoff/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8080 \
    DATABASE_URL=sqlite:////data/handoff.db \
    LOG_FORMAT=json
WORKDIR /data
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import http.client, os, sys; c = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=4); c.request('GET', '/healthz'); sys.exit(c.getresponse().status != 200)"]
ENTRYPOINT ["ghapp"]
CMD ["serve"]
