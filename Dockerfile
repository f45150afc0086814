# For all apps: docker build --build-arg APP=catalog --tag viernes/catalog .   (`npm run images` builds all images)
#
# Tags select the base images; a digest (@sha256:...) pins them. For two architectures:
#   docker buildx build --platform linux/amd64,linux/arm64 --build-arg APP=catalog .
# Only apt (for ffmpeg) runs on the target architecture. Everything else runs on the architecture of the builder.
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
# Only the manifests, with identical timestamps, so that a changed source file does not reinstall the packages.
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
COPY libs/title-csv libs/title-csv
COPY libs/translations libs/translations
COPY apps/web apps/web
RUN cd apps/web && npx vite build

# One build for all apps. All images after the first one use it from the cache.
FROM packages AS build
COPY tsconfig.base.json ./
COPY libs libs
COPY apps apps
RUN npx tsc -b $(printf '%s\n' apps/* | grep -vE '^apps/(acceptance|api-fuzz|bench|web)$')
# Type declarations are not used at run time. Source maps stay for stack traces.
RUN find apps/*/dist libs/*/dist \( -name '*.d.ts*' -o -name .tsbuildinfo \) -delete \
  && mkdir /built && for folder in apps/*/dist libs/*/dist; do \
    cp -r --parents "$folder" "${folder%/dist}/package.json" /built || exit 1; \
  done

FROM --platform=$BUILDPLATFORM ${NODE_IMAGE}${NODE_DIGEST} AS production
ARG APP
ARG TARGETARCH
WORKDIR /viernes
COPY --from=manifests /viernes ./
# npm calls amd64 x64. Type declarations, source maps, and documentation are not used at run time. Licenses stay.
RUN --mount=type=cache,target=/root/.npm \
  npm ci --ignore-scripts --omit=dev --workspace "@viernes/$APP" --include-workspace-root=false \
    --os=linux --libc=glibc --cpu="$(echo "${TARGETARCH:-$(dpkg --print-architecture)}" | sed s/amd64/x64/)" \
  && find . -path '*/node_modules/*' -type f \
    \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' -o -iname 'readme*' -o -iname 'changelog*' \) -delete \
  && rm -f node_modules/@viernes/testing

# The app, the apps and libraries that npm has linked for it, and the packages that only one of them uses.
FROM production AS app
ARG APP
COPY --from=build /built /built
RUN mkdir -p /out && cp package.json package-lock.json /out/ \
  && for folder in apps/* libs/*; do \
    if [ -e "node_modules/@viernes/${folder#*/}" ]; then \
      mkdir -p "/out/$folder" && cp -r "/built/$folder/." "/out/$folder/" || exit 1; \
      if [ -d "$folder/node_modules" ]; then cp -r "$folder/node_modules" "/out/$folder/" || exit 1; fi; \
    fi; \
  done \
  && cd /out \
  && ln -s "apps/$APP/dist/main.js" main.js

# ffmpeg and its libraries, without the display drivers that Debian's package depends on.
# Their packages are recorded where scanners look for the packages of images without dpkg.
FROM ${RUNTIME_IMAGE}${RUNTIME_DIGEST} AS ffmpeg
RUN dpkg-query --show --showformat '${Package}\n' >/base-packages \
  && apt-get update \
  && apt-get install --yes --no-install-recommends ffmpeg tini
COPY apps/transcoder/linked-files.sh /
RUN sh /linked-files.sh /out /usr/bin/ffmpeg /usr/bin/ffprobe /usr/bin/tini && mkdir /empty

FROM ${NODE_IMAGE}${NODE_DIGEST} AS node

FROM ${RUNTIME_IMAGE}${RUNTIME_DIGEST} AS runtime
COPY --from=node /usr/local/bin/node /usr/local/bin/node
# MALLOC_ARENA_MAX: by default, glibc keeps a memory arena for each thread and does not return it.
ENV NODE_ENV=production MALLOC_ARENA_MAX=2 KAFKAJS_NO_PARTITIONER_WARNING=1
WORKDIR /viernes
# Node.js receives the signals. The flags are the same as in tools/platform/app-processes.ts.
ENTRYPOINT ["node", "--max-semi-space-size=2", "--heap-growing-percent=50", "--no-allocation-site-pretenuring", "--enable-source-maps"]
CMD ["main.js"]

FROM runtime AS runtime-user
FROM runtime AS runtime-video

FROM runtime AS runtime-catalog
ENTRYPOINT ["node", "--max-semi-space-size=8", "--heap-growing-percent=50", "--no-allocation-site-pretenuring", "--enable-source-maps"]
CMD ["main.js"]

FROM runtime AS runtime-edge
ENTRYPOINT ["node", "--max-semi-space-size=8", "--heap-growing-percent=50", "--no-allocation-site-pretenuring", "--enable-source-maps"]
CMD ["main.js"]
COPY --from=web /viernes/apps/web/dist apps/web/dist
ENV WEB_ROOT=/viernes/apps/web/dist

FROM runtime-edge AS runtime-monolith

# tini reaps the child processes of a killed ffmpeg. Node.js does not.
FROM runtime AS runtime-ffmpeg
COPY --from=ffmpeg /out /
COPY --from=ffmpeg --chown=10001:10001 /empty /scratch
ENV SCRATCH_DIR=/scratch
ENTRYPOINT ["tini", "--", "node", "--max-semi-space-size=2", "--heap-growing-percent=50", "--no-allocation-site-pretenuring", "--enable-source-maps"]
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
  org.opencontainers.image.description="$APP of Viernes, a Netflix-style streaming platform" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.version="$VERSION" \
  org.opencontainers.image.revision="$REVISION"
