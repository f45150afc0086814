{{/*
viernes.storedOrRandom: the value of a key of an existing Secret, or 32 random letters and digits.
Takes (dict "secret" the object from lookup "key" "password"). Always random without a cluster, as in `helm template`.
*/}}
{{- define "viernes.storedOrRandom" -}}
{{- $data := (.secret | default dict).data | default dict -}}
{{- if hasKey $data .key -}}
{{- index $data .key | b64dec -}}
{{- else -}}
{{- randAlphaNum 32 -}}
{{- end -}}
{{- end -}}

{{/*
viernes.secretMetadata: metadata of a Secret that the chart creates. An uninstall keeps the Secret, because it also keeps
the volumes, whose data cannot be read without the password. Takes (dict "root" $ "component" "postgres").
*/}}
{{- define "viernes.secretMetadata" -}}
{{ include "viernes.metadata" . }}
annotations:
  helm.sh/resource-policy: keep
{{- end -}}
