{{/*
viernes.kept: one value of a Secret of this release, as it is in the cluster, else a new one of 32 letters and digits.
Takes (dict "secret" the object that lookup found "key" "password"). Without a cluster, as in `helm template`, always new.
*/}}
{{- define "viernes.kept" -}}
{{- $data := (.secret | default dict).data | default dict -}}
{{- if hasKey $data .key -}}
{{- index $data .key | b64dec -}}
{{- else -}}
{{- randAlphaNum 32 -}}
{{- end -}}
{{- end -}}

{{/*
viernes.secretMetadata: metadata of a Secret that the chart makes. It stays when the release goes, as the volumes do: data
under a password that nobody knows is lost. Takes (dict "root" $ "component" "postgres").
*/}}
{{- define "viernes.secretMetadata" -}}
{{ include "viernes.metadata" . }}
annotations:
  helm.sh/resource-policy: keep
{{- end -}}

{{/*
viernes.requireSecret: fails the render when a Secret that the values name is not in the cluster, or lacks a key: a pod that
waits for it would say so only to those who look. Takes (dict "root" $ "value" "editor.existingSecret" "name" "x" "keys" list).
Checks nothing without a cluster, or when --create-namespace is about to make the namespace.
*/}}
{{- define "viernes.requireSecret" -}}
{{- if and .name (lookup "v1" "Namespace" "" .root.Release.Namespace) -}}
{{- $secret := lookup "v1" "Secret" .root.Release.Namespace .name -}}
{{- if not $secret -}}
{{- fail (printf "%s: there is no Secret %q in namespace %s; it must have the keys %s" .value .name .root.Release.Namespace (join ", " .keys)) -}}
{{- end -}}
{{- range .keys -}}
{{- if not (hasKey ($secret.data | default dict) .) -}}
{{- fail (printf "%s: the Secret %q has no key %s" $.value $.name .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
