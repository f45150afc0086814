{{/*
viernes.networkFlows: all allowed network flows as JSON, as in the architecture diagram. Takes the root context.
A flow has from, to and port. In the monolith, calls between the edge and the services are not network flows.
`from: any` is restricted only by networkPolicy.edgeIngressFrom. `to: external` leaves the cluster. `to: internet`
reaches only public addresses.
*/}}
{{- define "viernes.networkFlows" -}}
{{- $external := .Values.external -}}
{{- $flows := list
  (dict "from" "any" "to" "edge" "port" 8400)
  (dict "from" "any" "to" "edge" "port" 8405)
  (dict "from" "cli" "to" "edge" "port" 8400)
  (dict "from" "edge" "to" "catalog" "port" 8401)
  (dict "from" "edge" "to" "user" "port" 8401)
  (dict "from" "edge" "to" "video" "port" 8401)
  (dict "from" "transcoder" "to" "video" "port" 8402)
-}}
{{- $backing := list
  (dict "from" (list "edge") "to" "valkey" "port" 6379 "external" $external.valkey)
  (dict "from" (list "catalog" "user" "video") "to" "postgres" "port" 5432 "external" $external.postgres)
  (dict "from" (list "edge" "catalog" "user" "video") "to" "kafka" "port" 9092 "external" $external.kafka)
  (dict "from" (list "edge" "video" "transcoder") "to" "minio" "port" 9000 "external" $external.s3)
-}}
{{- range $backing -}}
{{- $target := .external.enabled | ternary "external" .to -}}
{{- $port := .external.enabled | ternary .external.port .port -}}
{{- range .from -}}
{{- $flows = append $flows (dict "from" . "to" $target "port" $port) -}}
{{- end -}}
{{- end -}}
{{- if eq .Values.mail.transport "smtp" -}}
{{- $flows = append $flows (dict "from" "user" "to" "external" "port" .Values.mail.port) -}}
{{- end -}}
{{- if .Values.signInProviders.existingSecret -}}
{{- $flows = append $flows (dict "from" "user" "to" "external" "port" .Values.signInProviders.port) -}}
{{- end -}}
{{- if .Values.webhooks.enabled -}}
{{- range .Values.webhooks.ports -}}
{{- $flows = append $flows (dict "from" "catalog" "to" "internet" "port" .) -}}
{{- end -}}
{{- end -}}
{{- with .Values.tracing.otlpEndpoint -}}
{{- $port := (urlParse .).host | splitList ":" | last | int -}}
{{- range list "edge" "catalog" "user" "video" "transcoder" -}}
{{- $flows = append $flows (dict "from" . "to" "external" "port" $port) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.media.publicEndpoint (not $external.s3.enabled) -}}
{{- $flows = append $flows (dict "from" "any" "to" "minio" "port" 9000) -}}
{{- end -}}
{{- if .Values.canary.enabled -}}
{{- range $flows -}}
{{- if has "catalog" (list .from .to) -}}
{{- $flows = append $flows (dict "from" (replace "catalog" "catalog-canary" .from) "to" (replace "catalog" "catalog-canary" .to) "port" .port) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $merged := list -}}
{{- range $flows -}}
{{- $from := include "viernes.componentOf" (dict "root" $ "app" .from) -}}
{{- $to := include "viernes.componentOf" (dict "root" $ "app" .to) -}}
{{- if ne $from $to -}}
{{- $merged = append $merged (dict "from" $from "to" $to "port" .port) | uniq -}}
{{- end -}}
{{- end -}}
{{- toJson $merged -}}
{{- end -}}
