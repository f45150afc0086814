{{/*
viernes.fullname: the common name prefix of all objects: the name of the release, followed by "-viernes" unless it
contains "viernes". Takes the root context. At most 40 characters, so that component names fit into a label.
*/}}
{{- define "viernes.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/*
viernes.name: the name of the objects of one component. Takes (dict "root" $ "component" "video").
*/}}
{{- define "viernes.name" -}}
{{- printf "%s-%s" (include "viernes.fullname" .root) .component -}}
{{- end -}}

{{/*
viernes.selectorLabels: the labels that select the pods of one component. Takes (dict "root" $ "component" "video").
Do not change them, because the selector of a Deployment is immutable.
*/}}
{{- define "viernes.selectorLabels" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/*
viernes.labels: the labels of every object. Takes (dict "root" $ "component" "video").
*/}}
{{- define "viernes.labels" -}}
{{ include "viernes.selectorLabels" . }}
app.kubernetes.io/part-of: {{ .root.Chart.Name }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{/*
viernes.components: the names of the services of this mode, as a JSON array. Takes the root context.
*/}}
{{- define "viernes.components" -}}
{{- eq .Values.mode "monolith" | ternary (list "monolith" "transcoder") (list "catalog" "edge" "transcoder" "user" "video") | toJson -}}
{{- end -}}

{{/*
viernes.workloads: the components, and the canary of catalog if there is one, as a JSON array. Takes the root context.
*/}}
{{- define "viernes.workloads" -}}
{{- $components := include "viernes.components" . | fromJsonArray -}}
{{- if .Values.canary.enabled -}}
{{- if eq .Values.mode "monolith" }}{{ fail "canary.enabled: a monolith calls no service that could have a canary. Set mode to microservices" }}{{ end -}}
{{- $components = append $components "catalog-canary" -}}
{{- end -}}
{{- toJson $components -}}
{{- end -}}

{{/*
viernes.appOf: the app of a workload. Takes (dict "component" "catalog-canary").
*/}}
{{- define "viernes.appOf" -}}
{{- trimSuffix "-canary" .component -}}
{{- end -}}

{{/*
viernes.componentOf: the component whose pods run an app: the app itself, or the monolith.
Takes (dict "root" $ "app" "video").
*/}}
{{- define "viernes.componentOf" -}}
{{- and (eq .root.Values.mode "monolith") (has .app (list "edge" "catalog" "user" "video")) | ternary "monolith" .app -}}
{{- end -}}

{{/*
viernes.metadata: the name and labels of the objects of one component. Takes (dict "root" $ "component" "video").
*/}}
{{- define "viernes.metadata" -}}
name: {{ include "viernes.name" . }}
labels: {{- include "viernes.labels" . | nindent 2 }}
{{- end -}}

{{/*
viernes.image: the image of one app. Takes (dict "root" $ "app" "video"), and "tag" if it is not that of all images.
*/}}
{{- define "viernes.image" -}}
{{- with .root.Values.image -}}
{{- printf "%s/%s/%s:%s" .registry .repository $.app ($.tag | default .tag | default $.root.Chart.AppVersion) -}}
{{- end -}}
{{- end -}}

{{/*
viernes.secretName: the name of an existing Secret, or of the Secret that this chart creates.
Takes (dict "root" $ "component" "postgres" "existing" "name or empty").
*/}}
{{- define "viernes.secretName" -}}
{{- .existing | default (include "viernes.name" .) -}}
{{- end -}}
