import { execa } from 'execa';
import { CHART, RELEASE } from './files.ts';
import rejections from './rejections.json' with { type: 'json' };

// Fixed, so that renders do not depend on the version of helm.
const KUBERNETES = '1.35.0';

/** Renders all objects with a values file. Masks generated secrets. @throws ExecaError if the values are rejected */
export async function renderChart(valuesFile: string): Promise<string> {
  const flags = ['--namespace', RELEASE, '--values', valuesFile, '--kube-version', KUBERNETES];
  const { stdout } = await execa('helm', ['template', RELEASE, CHART, ...flags], { stdin: 'ignore' });
  return `${maskSecrets(stdout)}\n`;
}

/** Renders the text that helm prints after an install. */
export async function renderNotes(valuesFile: string): Promise<string> {
  const flags = ['--namespace', RELEASE, '--values', valuesFile, '--dry-run=client'];
  const { stdout } = await execa('helm', ['install', RELEASE, CHART, ...flags], { stdin: 'ignore' });
  return `${stdout.slice(stdout.search(/^NOTES:$/m) + 'NOTES:\n'.length).trimEnd()}\n`;
}

/** Replaces the random values in Secrets: 32 letters and digits. */
export function maskSecrets(manifests: string): string {
  return manifests
    .split(/^(?=---$)/m)
    .map((object) =>
      /^kind: Secret$/m.test(object) ? object.replaceAll(/\b[A-Za-z0-9]{32}\b/g, 'generated-by-install') : object,
    )
    .join('');
}

export async function lintErrors(valuesFile: string): Promise<readonly string[]> {
  const args = ['lint', '--strict', CHART, '--values', valuesFile];
  const { exitCode, all } = await execa('helm', args, { all: true, reject: false });
  return exitCode === 0 ? [] : [all];
}

/**
 * Returns the invalid values of rejections.json that helm accepts, or rejects without naming them. Each entry contains
 * values as for --set, and the texts that the error of helm must contain.
 */
export async function findMissingRejections(): Promise<readonly string[]> {
  const errors: string[] = [];
  for (const [set = '', ...names] of rejections) {
    const args = ['template', RELEASE, CHART, '--set', set];
    const { exitCode, all } = await execa('helm', args, { all: true, reject: false, stdin: 'ignore' });
    const missing = names.filter((name) => !all.includes(name));
    if (exitCode === 0) errors.push(`--set ${set} is accepted`);
    else if (missing.length > 0) errors.push(`--set ${set} is rejected without naming ${missing.join(', ')}:\n${all}`);
  }
  return errors;
}

/**
 * Validates objects with kubeconform, except kinds without a schema, such as those of the Gateway API.
 *
 * @returns the errors, or undefined if kubeconform or its schemas (KUBECONFORM_SCHEMAS) are not available
 */
export async function kubeconformErrors(manifests: string): Promise<readonly string[] | undefined> {
  const location = process.env['KUBECONFORM_SCHEMAS'];
  const schemas = location === undefined ? [] : ['-schema-location', location];
  const validate = (input: string) =>
    execa('kubeconform', ['-strict', '-ignore-missing-schemas', ...schemas, '-'], { input, all: true, reject: false });
  const { exitCode, all } = await validate(manifests);
  if (exitCode === 0) return [];
  const probe = await validate('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: probe }\n');
  return probe.exitCode === 0 ? [all] : undefined;
}
