import { execa } from 'execa';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHART, RELEASE } from './files.ts';

/** Invalid values as for --set, and what the message of helm must contain: typing errors, wrong types, missing dependent values. */
const LIST = readFileSync(join(import.meta.dirname, 'rejections.json'), 'utf8');
const REJECTIONS = JSON.parse(LIST) as (readonly [set: string, ...names: string[]])[];

/** Returns the values that helm accepts, or rejects without their name. */
export async function findMissingRejections(): Promise<readonly string[]> {
  const errors: string[] = [];
  for (const [set, ...names] of REJECTIONS) {
    const args = ['template', RELEASE, CHART, '--set', set];
    const { exitCode, all } = await execa('helm', args, { all: true, reject: false, stdin: 'ignore' });
    if (exitCode === 0) errors.push(`--set ${set} is accepted`);
    else if (!names.every((name) => all.includes(name)))
      errors.push(`--set ${set} is rejected without its name:\n${all}`);
  }
  return errors;
}
