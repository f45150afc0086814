{{/*
viernes.fullname: what all objects of the release are called; the release's name where that says "viernes" already.
Takes the root context. At most 40 characters, so that every component's name fits into a label.
*/}}
{{- define "viernes.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/*
viernes.name: the name of one component's objects. Takes (dict "root" $ "component" "video").
*/}}
{{- define "viernes.name" -}}
{{- printf "%s-%s" (include "viernes.fullname" .root) .component -}}
{{- end -}}

{{/*
viernes.selectorLabels: what tells the pods of one component from all others. Takes (dict "root" $ "component" "video").
Never change them: a Deployment's selector cannot be changed.
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
viernes.metadata: name and labels of one component's objects. Takes (dict "root" $ "component" "video").
*/}}
{{- define "viernes.metadata" -}}
name: {{ include "viernes.name" . }}
labels: {{- include "viernes.labels" . | nindent 2 }}
{{- end -}}

{{/*
viernes.image: the image of one of our apps. Takes (dict "root" $ "app" "video").
*/}}
{{- define "viernes.image" -}}
{{- with .root.Values.image -}}
{{- printf "%s/%s/%s:%s" .registry .repository $.app (.tag | default $.root.Chart.AppVersion) -}}
{{- end -}}
{{- end -}}

{{/*
viernes.secretName: where one kind of secret is: in the user's own Secret, or in the one that this chart makes.
Takes (dict "root" $ "component" "postgres" "existing" "name or empty").
*/}}
{{- define "viernes.secretName" -}}
{{- .existing | default (include "viernes.name" .) -}}
{{- end -}}
