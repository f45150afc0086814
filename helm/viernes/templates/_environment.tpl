{{/*
viernes.fromSecret: an environment variable with a value from a Secret.
Takes (dict "name" "DATABASE_URL" "secret" "viernes-postgres" "key" "video-url").
*/}}
{{- define "viernes.fromSecret" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef: { name: {{ .secret }}, key: {{ .key }} }
{{- end -}}

{{/*
viernes.target: the gRPC target of a service. The headless name resolves to all pods, and the client balances the load.
Takes (dict "root" $ "component" "video" "port" 8401). The short name does not depend on the domain of the cluster.
*/}}
{{- define "viernes.target" -}}
{{- printf "dns:///%s:%d" (include "viernes.name" .) (int .port) -}}
{{- end -}}

{{/*
viernes.environment: the environment of one process, with only the variables that its apps use.
Takes (dict "root" $ "component" "video").
*/}}
{{- define "viernes.environment" -}}
{{- $root := .root -}}
{{- $values := index $root.Values.services .component -}}
{{- $apps := eq .component "monolith" | ternary (list "edge" "catalog" "user" "video") (list .component) -}}
- { name: LOG_LEVEL, value: {{ $root.Values.logLevel }} }
{{- with $root.Values.tracing.otlpEndpoint }}
- { name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ . | quote }} }
{{- end }}
- { name: HEALTH_ADDRESS, value: '0.0.0.0:8410' }
- { name: DRAIN_DELAY_MS, value: {{ mul $values.drain.delaySeconds 1000 | quote }} }
- { name: DRAIN_TIMEOUT_MS, value: {{ mul $values.drain.timeoutSeconds 1000 | quote }} }
{{- if has .component (list "catalog" "user" "video") }}
- { name: GRPC_ADDRESS, value: '0.0.0.0:8401' }
{{- end }}
{{- range $app := list "catalog" "user" "video" }}
{{- if has $app $apps }}
{{ include "viernes.fromSecret" (dict "name" (eq $.component "monolith" | ternary (printf "%s_DATABASE_URL" (upper $app)) "DATABASE_URL") "secret" (include "viernes.secretName" (dict "root" $root "component" "postgres" "existing" $root.Values.external.postgres.existingSecret)) "key" (printf "%s-url" $app)) }}
{{- end }}
{{- end }}
{{- $postgres := $root.Values.external.postgres }}
{{- if and (has "catalog" $apps) $postgres.catalogReplica.enabled }}
{{ include "viernes.fromSecret" (dict "name" "DATABASE_REPLICA_URL" "secret" $postgres.existingSecret "key" "catalog-replica-url") }}
- { name: DATABASE_REPLICA_MAX_LAG_SECONDS, value: {{ $postgres.catalogReplica.maxLagSeconds | quote }} }
{{- end }}
{{- if has "catalog" $apps }}
- { name: WEBHOOKS_ENABLED, value: {{ $root.Values.webhooks.enabled | quote }} }
{{- end }}
{{- if ne .component "transcoder" }}
{{- if $root.Values.external.kafka.enabled }}
{{ include "viernes.fromSecret" (dict "name" "KAFKA_BROKERS" "secret" $root.Values.external.kafka.existingSecret "key" "brokers") }}
{{- else }}
- { name: KAFKA_BROKERS, value: '{{ include "viernes.name" (dict "root" $root "component" "kafka") }}:9092' }
{{- end }}
{{- end }}
{{- if has "user" $apps }}
{{- $editor := include "viernes.secretName" (dict "root" $root "component" "editor" "existing" $root.Values.editor.existingSecret) }}
{{ include "viernes.fromSecret" (dict "name" "EDITOR_EMAIL" "secret" $editor "key" "email") }}
{{ include "viernes.fromSecret" (dict "name" "EDITOR_PASSWORD" "secret" $editor "key" "password") }}
{{- with $root.Values.admin.existingSecret }}
{{ include "viernes.fromSecret" (dict "name" "ADMIN_EMAIL" "secret" . "key" "email") }}
{{ include "viernes.fromSecret" (dict "name" "ADMIN_PASSWORD" "secret" . "key" "password") }}
{{- end }}
{{- $mail := $root.Values.mail }}
- { name: MAIL_TRANSPORT, value: {{ $mail.transport }} }
- { name: MAIL_FROM, value: {{ $mail.from | quote }} }
- { name: WEB_URL, value: {{ $mail.webUrl | quote }} }
{{- if eq $mail.transport "smtp" }}
{{ include "viernes.fromSecret" (dict "name" "SMTP_URL" "secret" $mail.existingSecret "key" "url") }}
{{- end }}
{{- with $root.Values.signInProviders.existingSecret }}
{{ include "viernes.fromSecret" (dict "name" "OIDC_PROVIDERS" "secret" . "key" "providers") }}
{{- end }}
{{- end }}
{{- if has "video" $apps }}
{{- $s3 := $root.Values.external.s3 }}
{{- $secret := include "viernes.secretName" (dict "root" $root "component" "s3" "existing" $s3.existingSecret) }}
- { name: WORKER_GRPC_ADDRESS, value: '0.0.0.0:8402' }
{{- if $s3.enabled }}
- { name: S3_ENDPOINT, value: {{ $s3.endpoint | quote }} }
{{- else }}
- { name: S3_ENDPOINT, value: 'http://{{ include "viernes.name" (dict "root" $root "component" "minio") }}:9000' }
{{- end }}
{{- with $root.Values.media.publicEndpoint }}
- { name: S3_PUBLIC_ENDPOINT, value: {{ . | quote }} }
{{- end }}
- { name: S3_REGION, value: {{ $s3.region }} }
- { name: S3_BUCKET, value: {{ $s3.bucket }} }
{{ include "viernes.fromSecret" (dict "name" "S3_ACCESS_KEY_ID" "secret" $secret "key" "access-key-id") }}
{{ include "viernes.fromSecret" (dict "name" "S3_SECRET_ACCESS_KEY" "secret" $secret "key" "secret-access-key") }}
{{- end }}
{{- if eq .component "transcoder" }}
- { name: VIDEO_ADDRESS, value: '{{ include "viernes.target" (dict "root" $root "component" "video" "port" 8402) }}' }
- { name: SCRATCH_DIR, value: /scratch }
{{- end }}
{{- if has "edge" $apps }}
- { name: HTTP_ADDRESS, value: '0.0.0.0:8400' }
- { name: PUBLIC_GRPC_ADDRESS, value: '0.0.0.0:8405' }
- { name: TRACE_RATIO, value: {{ $root.Values.tracing.ratio | quote }} }
{{- range eq .component "monolith" | ternary list (list "catalog" "user" "video") }}
- { name: {{ upper . }}_ADDRESS, value: '{{ include "viernes.target" (dict "root" $root "component" . "port" 8401) }}' }
{{- end }}
{{- if $root.Values.canary.enabled }}
- { name: CATALOG_CANARY_ADDRESS, value: '{{ include "viernes.target" (dict "root" $root "component" "catalog-canary" "port" 8401) }}' }
- { name: CATALOG_CANARY_PERCENT, value: {{ $root.Values.canary.percent | quote }} }
- { name: CATALOG_CANARY_HEADER, value: {{ $root.Values.canary.header | quote }} }
{{- end }}
{{ include "viernes.fromSecret" (dict "name" "VALKEY_URL" "secret" (include "viernes.secretName" (dict "root" $root "component" "valkey" "existing" $root.Values.external.valkey.existingSecret)) "key" "url") }}
{{- with $root.Values.media.publicEndpoint }}
- { name: MEDIA_ORIGINS, value: {{ . | quote }} }
{{- end }}
- { name: PLANS, value: {{ $root.Values.edge.plans | toJson | quote }} }
{{- with $root.Values.edge.corsOrigins }}
- { name: CORS_ORIGINS, value: {{ join " " . | quote }} }
{{- end }}
{{- with $root.Values.edge.trustedProxies }}
- { name: TRUSTED_PROXIES, value: {{ join " " . | quote }} }
{{- end }}
{{- if $root.Values.edge.proxyProtocol }}
- { name: PROXY_PROTOCOL, value: "true" }
{{- end }}
{{- end }}
{{- range $name, $value := $values.extraEnv }}
- { name: {{ $name }}, value: {{ $value | quote }} }
{{- end }}
{{- end -}}

{{/*
viernes.cliEnvironment: the environment of the pods that are clients of the platform: the seed and the smoke test.
Takes the root context.
*/}}
{{- define "viernes.cliEnvironment" -}}
{{- $editor := include "viernes.secretName" (dict "root" . "component" "editor" "existing" .Values.editor.existingSecret) -}}
- { name: EDGE_URL, value: 'http://{{ include "viernes.name" (dict "root" . "component" "edge") }}:{{ .Values.edge.service.port }}' }
- { name: SEED_DIR, value: /tmp/seed }
{{ include "viernes.fromSecret" (dict "name" "EDITOR_EMAIL" "secret" $editor "key" "email") }}
{{ include "viernes.fromSecret" (dict "name" "EDITOR_PASSWORD" "secret" $editor "key" "password") }}
{{- end -}}
