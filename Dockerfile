# The service as a container. For a pilot on SQLite, its data and its generated secret on a volume:
#   docker run -p 127.0.0.1:8080:8080 -v feedbacklus:/data -e KEEP_SECRET=true feedbacklus
# With PostgreSQL: see docker-compose.yml. TLS towards clients ends at a proxy in front of it, or here with TLS_CERTIFICATE and
# TLS_KEY.

FROM node:22-bookworm-slim AS app
WORKDIR /build
COPY clients clients
RUN --mount=type=cache,target=/root/.npm \
    cd clients && npm ci && \
    npm run build --workspace typescript && npm run build --workspace notebook

FROM rust:1-bookworm AS build
WORKDIR /build
COPY . .
# Taken into the program when it is built.
COPY --from=app /build/clients/notebook/dist clients/notebook/dist
# The caches outlive a build. `touch`: cargo goes by the age of a file, which a checkout may set back.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    find src migrations locales templates clients/notebook/dist build.rs -type f -exec touch {} + && \
    cargo build --release --locked --features postgres-tls --bin feedbacklus && \
    cp target/release/feedbacklus /usr/local/bin/feedbacklus

# Of this Debian, since backups of PostgreSQL take the client tools of the version in docker-compose.yml, or a later one.
FROM debian:trixie-slim
# hadolint ignore=DL3008
RUN apt-get update && \
    apt-get install -y --no-install-recommends ca-certificates postgresql-client && \
    rm -rf /var/lib/apt/lists/* && \
    groupadd --gid 10001 feedbacklus && \
    useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin feedbacklus && \
    install -d -o 10001 -g 10001 -m 0700 /data
COPY --from=build /usr/local/bin/feedbacklus /usr/local/bin/feedbacklus
COPY LICENSE /usr/share/doc/feedbacklus/LICENSE
# Of the fonts in the program.
COPY templates/fonts/LICENSE-*.txt /usr/share/doc/feedbacklus/

ENV BIND=0.0.0.0:8080 \
    DATABASE_URL=sqlite:///data/feedbacklus.sqlite
WORKDIR /data
VOLUME /data
EXPOSE 8080
USER 10001:10001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["feedbacklus", "healthcheck"]
ENTRYPOINT ["feedbacklus"]
CMD ["serve"]
