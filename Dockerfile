# One file for all apps: docker build --build-arg APP=catalog --tag viernes/catalog .   (`npm run images` builds all of them)
#
# Bases are chosen by tag; a digest (@sha256:...) pins them to the byte. For two architectures at once:
#   docker buildx build --platform linux/amd64,linux/arm64 --build-arg APP=catalog .
# Only apt, for ffmpeg, runs as the target; the rest runs as the machine that builds.
ARG NODE_IMAGE=docker.io/library/node:24-bookworm-slim
ARG NODE_DIGEST=
ARG RUNTIME_IMAGE=docker.io/library/debian:bookworm-slim
ARG RUNTIME_DIGEST=
ARG APP=catalog

FROM --platform=$BUILDPLATFORM ${NODE_IMAGE}${NODE_DIGEST} AS manifests
WORKDIR /viernes
COPY package.json package-lock.json .npmrc ./
COPY apps apps
COPY libs libs
# Only the manifests, all of one moment: a changed source installs nothing again.
RUN find apps libs -type f ! -name package.json -delete \
  && find apps libs -type d -empty -delete \
  && find . -exec touch --date=@0 {} +

FROM --platform=$BUILDPLATFORM ${NODE_IMAGE}${NODE_DIGEST} AS packages
WORKDIR /viernes
COPY --from=manifests /viernes ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts

FROM packages AS web
COPY tsconfig.base.json ./
COPY libs/api-client libs/api-client
COPY apps/web apps/web
RUN cd apps/web && npx vite build

# One build for all apps: what it makes is there already when the second image is built.
FROM packages AS build
COPY tsconfig.base.json ./
COPY libs libs
COPY apps apps
RUN npx tsc -b $(printf '%s\n' apps/* | grep -vE '^apps/(acceptance|bench|web)$')
# Types are for who builds on a library; a map with its stack traces is for who runs it.
RUN find apps/*/dist libs/*/dist \( -name '*.d.ts*' -o -name .tsbuildinfo \) -delete \
  && mkdir /built && for folder in apps/*/dist libs/*/dist; do \
    cp -r --parents "$folder" "${folder%/dist}/package.json" /built || exit 1; \
  done

FROM --platform=$BUILDPLATFORM ${NODE_IMAGE}${NODE_DIGEST} AS production
ARG APP
ARG TARGETARCH
WORKDIR /viernes
COPY --from=manifests /viernes ./
# npm says x64 where images say amd64. Types, maps and texts of packages are read by nobody at run time; licences stay.
RUN --mount=type=cache,target=/root/.npm \
  npm ci --ignore-scripts --omit=dev --workspace "@viernes/$APP" --include-workspace-root=false \
    --os=linux --libc=glibc --cpu="$(echo "${TARGETARCH:-$(dpkg --print-architecture)}" | sed s/amd64/x64/)" \
  && find . -path '*/node_modules/*' -type f \
    \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' -o -iname 'readme*' -o -iname 'changelog*' \) -delete \
  && rm -f node_modules/@viernes/testing

# The app, and the libraries that npm linked for it, with the packages that only one of them has.
FROM production AS app
ARG APP
COPY --from=build /built /built
RUN mkdir -p /out && cp package.json package-lock.json /out/ \
  && for folder in "apps/$APP" libs/*; do \
    if [ -e "node_modules/@viernes/${folder#*/}" ]; then \
      mkdir -p "/out/$folder" && cp -r "/built/$folder/." "/out/$folder/" || exit 1; \
      if [ -d "$folder/node_modules" ]; then cp -r "$folder/node_modules" "/out/$folder/" || exit 1; fi; \
    fi; \
  done \
  && cd /out \
  && ln -s "apps/$APP/dist/main.js" main.js

# ffmpeg with the libraries that it is linked with: a worker has no screen, so what drivers of screens need stays out.
# Its packages are noted down where scanners look for packages of images that have no dpkg.
FROM ${RUNTIME_IMAGE}${RUNTIME_DIGEST} AS ffmpeg
RUN dpkg-query --show --showformat '${Package}\n' >/base-packages \
  && apt-get update \
  && apt-get install --yes --no-install-recommends ffmpeg tini
COPY tools/images/linked-files.sh /
RUN sh /linked-files.sh /out /usr/bin/ffmpeg /usr/bin/ffprobe /usr/bin/tini && mkdir /empty

FROM ${NODE_IMAGE}${NODE_DIGEST} AS node

FROM ${RUNTIME_IMAGE}${RUNTIME_DIGEST} AS runtime
COPY --from=node /usr/local/bin/node /usr/local/bin/node
# MALLOC_ARENA_MAX: without it glibc keeps an arena of memory for each thread, and gives none of it back.
ENV NODE_ENV=production MALLOC_ARENA_MAX=2 KAFKAJS_NO_PARTITIONER_WARNING=1
WORKDIR /viernes
# Node itself gets the signals. The flags are those of tools/platform/app-processes.ts.
ENTRYPOINT ["node", "--max-semi-space-size=2", "--heap-growing-percent=50", "--disable-warning=TimeoutNegativeWarning", "--enable-source-maps"]
CMD ["main.js"]

FROM runtime AS runtime-catalog
FROM runtime AS runtime-user
FROM runtime AS runtime-video

FROM runtime AS runtime-edge
COPY --from=web /viernes/apps/web/dist apps/web/dist
ENV WEB_ROOT=/viernes/apps/web/dist

# tini takes in the processes that a killed ffmpeg leaves behind; Node would let them pile up.
FROM runtime AS runtime-ffmpeg
COPY --from=ffmpeg /out /
COPY --from=ffmpeg --chown=10001:10001 /empty /scratch
ENV SCRATCH_DIR=/scratch
ENTRYPOINT ["tini", "--", "node", "--max-semi-space-size=2", "--heap-growing-percent=50", "--disable-warning=TimeoutNegativeWarning", "--enable-source-maps"]
CMD ["main.js"]

FROM runtime-ffmpeg AS runtime-transcoder
FROM runtime-ffmpeg AS runtime-cli

FROM runtime-${APP}
ARG APP
COPY --from=production /viernes/node_modules node_modules
COPY --from=app /out ./
USER 10001:10001
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="viernes/$APP" \
  org.opencontainers.image.description="$APP of Viernes, a film-night streaming platform" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.version="$VERSION" \
  org.opencontainers.image.revision="$REVISION"
