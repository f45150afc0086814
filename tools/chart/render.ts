import { execa } from 'execa';
import { CHART } from './chart-files.ts';

// Fixed, so that everybody renders the same; the newest that the chart is tried on.
const KUBERNETES = '1.35.0';
const RELEASE = 'viernes';

/** Whether there is a helm on the PATH. */
export async function helmIsThere(): Promise<boolean> {
  const { exitCode } = await execa('helm', ['version'], { reject: false, stdio: 'ignore' });
  return exitCode === 0;
}

/**
 * All objects of the chart with the values of a file, in the order in which helm prints them; what is made anew at each
 * install is masked.
 *
 * @throws ExecaError when the chart refuses the values
 */
export async function renderChart(valuesFile: string): Promise<string> {
  const flags = ['--namespace', RELEASE, '--values', valuesFile, '--kube-version', KUBERNETES];
  const { stdout } = await execa('helm', ['template', RELEASE, CHART, ...flags], { stdin: 'ignore' });
  return `${maskSecrets(stdout)}\n`;
}

/** What helm tells people after an install with the values of a file. */
export async function renderNotes(valuesFile: string): Promise<string> {
  const flags = ['--namespace', RELEASE, '--values', valuesFile, '--dry-run=client'];
  const { stdout } = await execa('helm', ['install', RELEASE, CHART, ...flags], { stdin: 'ignore' });
  return `${stdout
    .slice(stdout.search(/^NOTES:$/m))
    .replace('NOTES:\n', '')
    .trimEnd()}\n`;
}

/** Replaces what is made at random in Secrets: 32 letters and digits, wherever they stand in a value. */
export function maskSecrets(manifests: string): string {
  return manifests
    .split(/^(?=---$)/m)
    .map((object) =>
      /^kind: Secret$/m.test(object) ? object.replaceAll(/\b[A-Za-z0-9]{32}\b/g, 'made-at-install') : object,
    )
    .join('');
}

/** What helm says about values given on the command line, as --set takes them. */
export async function renderWith(set: string): Promise<{ readonly isRefused: boolean; readonly text: string }> {
  const { exitCode, all } = await execa('helm', ['template', RELEASE, CHART, '--set', set], {
    all: true,
    reject: false,
    stdin: 'ignore',
  });
  return { isRefused: exitCode !== 0, text: all };
}
