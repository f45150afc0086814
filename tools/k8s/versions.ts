// What the chart and these commands use: --ignore-not-found of uninstall, and the wait for jobs' pods.
const OLDEST = { helm: [3, 14], kubernetes: [1, 29] } as const;
// kubectl is kept compatible with servers one minor version away.
const KUBECTL_SKEW = 1;

/** The first two numbers of `v1.35.4+k3s1`. @throws Error for a text without them */
export function majorMinor(text: string): readonly [number, number] {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(text.trim()) ?? [];
  if (major === undefined || minor === undefined) throw new Error(`not a version: ${text}`);
  return [Number(major), Number(minor)];
}

/**
 * @param found version texts as helm and kubectl print them
 * @returns what is too old to go on, and what may be wrong with going on
 */
export function judgeVersions(found: { readonly helm: string; readonly kubectl: string; readonly server: string }): {
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
} {
  const isOlder = (text: string, [major, minor]: readonly [number, number]) => {
    const [hasMajor, hasMinor] = majorMinor(text);
    return hasMajor < major || (hasMajor === major && hasMinor < minor);
  };
  const faults: string[] = [];
  if (isOlder(found.helm, OLDEST.helm))
    faults.push(`helm ${OLDEST.helm.join('.')} or newer is needed; this is ${found.helm}.`);
  if (isOlder(found.server, OLDEST.kubernetes)) {
    faults.push(`Kubernetes ${OLDEST.kubernetes.join('.')} or newer is needed; the cluster is ${found.server}.`);
  }
  const skew = Math.abs(majorMinor(found.kubectl)[1] - majorMinor(found.server)[1]);
  const warnings =
    skew > KUBECTL_SKEW
      ? [`kubectl ${found.kubectl} is ${skew} minor versions away from the cluster's ${found.server}.`]
      : [];
  return { faults, warnings };
}
