{{/*
viernes.podSecurity: the pod settings of the Pod Security level "restricted". Takes (dict "user" 10001). The user is
numeric, because runAsNonRoot cannot verify a name. Volumes belong to the group of the same number.
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
viernes.containerSecurity: the container settings of the level "restricted". In addition, the root file system is
read-only, so every writable folder is a volume.
*/}}
{{- define "viernes.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/*
viernes.probes: the probes of the pods of all Deployments. Takes nothing.
Startup and liveness fail only if the process does not respond. They ignore an unavailable database, which a restart of
the pod would not fix. Readiness is probed often, so that a pod receives requests soon after it is ready.
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
viernes.spread: spreads the pods of one component over the nodes, and allows all of them on a single node.
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
viernes.pullSecrets: the imagePullSecrets of a pod, if any. Takes the root context.
*/}}
{{- define "viernes.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}
