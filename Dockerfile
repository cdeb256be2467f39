# planwise as one static program, to copy into other images:
#
#   docker build --tag planwise .
#   docker run --rm --interactive planwise check - < plan.json
#
#   COPY --from=planwise /usr/local/bin/planwise /usr/local/bin/planwise     (in the Dockerfile of an Atlantis image)

FROM rust:1.90-alpine AS build
RUN apk add --no-cache musl-dev gcc make
WORKDIR /planwise
COPY Cargo.toml Cargo.lock ./
COPY src src
COPY policies policies
COPY docs docs
COPY benches benches
COPY examples examples
# On Alpine the target is musl, and what is linked is static.
RUN cargo build --release --locked --bin planwise && cp target/release/planwise /usr/local/bin/planwise

FROM scratch
COPY --from=build /usr/local/bin/planwise /usr/local/bin/planwise
# Nobody: it reads what it is given, and needs no home, no network and no certificates but for comments.
USER 65534:65534
WORKDIR /work
ENTRYPOINT ["/usr/local/bin/planwise"]
