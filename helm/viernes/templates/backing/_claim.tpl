{{/*
viernes.claim: the volume claim "data" of a StatefulSet. An uninstall keeps it.
Takes (dict "root" $ "component" "kafka" "storage" .Values.kafka.storage).
*/}}
{{- define "viernes.claim" -}}
- apiVersion: v1
  kind: PersistentVolumeClaim
  metadata:
    name: data
    labels: {{- include "viernes.selectorLabels" . | nindent 6 }}
  spec:
    accessModes: [ReadWriteOnce]
    {{- with .storage.className }}
    storageClassName: {{ . }}
    {{- end }}
    resources:
      requests: { storage: {{ .storage.size }} }
{{- end -}}
