{{/*
viernes.requireSecret: fails if a Secret from the values, or one of its keys, does not exist. Otherwise, the pods would
wait for it without an error from helm. Takes (dict "root" $ "value" "editor.existingSecret" "name" "x" "keys" list).
Checks nothing without a cluster, or if the namespace does not exist yet (--create-namespace).
*/}}
{{- define "viernes.requireSecret" -}}
{{- if and .name (lookup "v1" "Namespace" "" .root.Release.Namespace) -}}
{{- $secret := lookup "v1" "Secret" .root.Release.Namespace .name -}}
{{- if not $secret -}}
{{- fail (printf "%s: namespace %[3]s has no Secret %[2]q. Create it with the keys %[4]s" .value .name .root.Release.Namespace (join ", " .keys)) -}}
{{- end -}}
{{- range .keys -}}
{{- if not (hasKey ($secret.data | default dict) .) -}}
{{- fail (printf "%s: the Secret %q has no key %s. Add it" $.value $.name .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/*
viernes.requireTrustedProxies: fails if the edge is behind a proxy that it does not trust. It would count all clients as
one client and serve cookies as over plain HTTP. The networks of the proxies cannot be derived from the cluster.
Takes (dict "root" $ "value" "edge.ingress.enabled").
*/}}
{{- define "viernes.requireTrustedProxies" -}}
{{- if not .root.Values.edge.trustedProxies -}}
{{- fail (printf "edge.trustedProxies: empty, but %s is true. Set it to the IP addresses or networks of the proxy pods, for example [10.244.0.0/16]. Without it, all clients share one rate limit, and cookies lack the attribute Secure" .value) -}}
{{- end -}}
{{- end -}}
