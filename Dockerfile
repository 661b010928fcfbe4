# One image for web, worker and scheduler. Another base: docker build --build-arg BASE=…
ARG BASE=python:3.11-slim-bookworm
FROM ${BASE}

# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-hanazono \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /srv/portal --shell /usr/sbin/nologin portal

WORKDIR /srv/portal
ENV PYTHONUNBUFFERED=1 PORTAL_DATA=/data PORTAL_STATIC=/srv/portal/published

ENV PATH=/opt/venv/bin:$PATH HOME=/tmp
COPY requirements.txt ./
RUN python3 -m venv /opt/venv \
 && python3 -m pip install --no-cache-dir --disable-pip-version-check --only-binary :all: --require-hashes \
    -r requirements.txt

COPY . .
RUN install -d -o portal -g portal /data \
 && PORTAL_MODE=demo PORTAL_DATA=/tmp/build python3 -m cicpa_portal.prepare --files-only \
 && rm -rf /tmp/build

USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["python3", "bin/launcher/probe.py"]
ENTRYPOINT ["sh", "bin/serve"]
CMD ["web"]
