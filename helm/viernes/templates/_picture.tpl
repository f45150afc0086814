{{/*
viernes.picture: who calls whom, as JSON: the arrows of the architecture's picture, and the only place that lists them.
Takes the root context. An arrow has from, to and port; `to: external` leaves the cluster, `from: anybody` comes from wherever
networkPolicy.edgeFrom allows.
*/}}
{{- define "viernes.picture" -}}
{{- $external := .Values.external -}}
{{- $arrows := list
  (dict "from" "anybody" "to" "edge" "port" 8400)
  (dict "from" "cli" "to" "edge" "port" 8400)
  (dict "from" "edge" "to" "catalog" "port" 8401)
  (dict "from" "edge" "to" "user" "port" 8401)
  (dict "from" "edge" "to" "video" "port" 8401)
  (dict "from" "transcoder" "to" "video" "port" 8402)
-}}
{{- $backing := list
  (dict "from" (list "edge") "to" "valkey" "port" 6379 "external" $external.valkey)
  (dict "from" (list "catalog" "user" "video") "to" "postgres" "port" 5432 "external" $external.postgres)
  (dict "from" (list "catalog" "user" "video") "to" "kafka" "port" 9092 "external" $external.kafka)
  (dict "from" (list "edge" "video" "transcoder") "to" "minio" "port" 9000 "external" $external.s3)
-}}
{{- range $backing -}}
{{- $target := .external.enabled | ternary "external" .to -}}
{{- $port := .external.enabled | ternary .external.port .port -}}
{{- range .from -}}
{{- $arrows = append $arrows (dict "from" . "to" $target "port" $port) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.media.publicEndpoint (not $external.s3.enabled) -}}
{{- $arrows = append $arrows (dict "from" "anybody" "to" "minio" "port" 9000) -}}
{{- end -}}
{{- toJson $arrows -}}
{{- end -}}
