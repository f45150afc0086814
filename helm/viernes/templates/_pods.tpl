{{/*
viernes.podSecurity: the pod's part of Pod Security "restricted". Takes (dict "user" 10001): the numeric user, since
runAsNonRoot cannot judge a name; volumes belong to the same group.
*/}}
{{- define "viernes.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ .user }}
runAsGroup: {{ .user }}
fsGroup: {{ .user }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/*
viernes.containerSecurity: the container's part of it. The root file system cannot be written: what a process writes has a
volume, and is seen here.
*/}}
{{- define "viernes.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/*
viernes.probes: what the three probes of our processes mean. Takes nothing.
Startup and liveness: the event loop turns. A process that waits for its database lives; ending it would not bring the
database back. Readiness: it wants traffic; looked at often, so that a pod which drains is out before it stops answering.
*/}}
{{- define "viernes.probes" -}}
startupProbe:
  httpGet: { path: /livez, port: health }
  periodSeconds: 1
  failureThreshold: 60
livenessProbe:
  httpGet: { path: /livez, port: health }
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: { path: /readyz, port: health }
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 2
{{- end -}}

{{/*
viernes.spread: pods of one component stand on different nodes where there are some; a single node takes them all.
Takes (dict "root" $ "component" "video").
*/}}
{{- define "viernes.spread" -}}
- maxSkew: 1
  topologyKey: kubernetes.io/hostname
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels: {{- include "viernes.selectorLabels" . | nindent 6 }}
  matchLabelKeys: [pod-template-hash]
{{- end -}}

{{/*
viernes.pullSecrets: imagePullSecrets of a pod, or nothing. Takes the root context.
*/}}
{{- define "viernes.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}
