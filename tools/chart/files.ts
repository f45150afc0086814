import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { WORKSPACE } from '../workspace.ts';

export const CHART = join(WORKSPACE, 'helm', 'viernes');
/** Name of the release, and prefix of the names of its objects. */
export const RELEASE = 'viernes';

const GOLDEN = join(CHART, 'golden');

/** A values file, and the files with its expected render. */
export type GoldenCase = ReturnType<typeof goldenCases>[number];

/** Returns a case per folder of golden/. A folder without values.yaml uses k8s/values-<name>.yaml. */
export function goldenCases() {
  return readdirSync(GOLDEN)
    .toSorted()
    .map((name) => {
      const file = (base: string) => join(GOLDEN, name, base);
      const own = file('values.yaml');
      const values = existsSync(own) ? own : join(WORKSPACE, 'k8s', `values-${name}.yaml`);
      return { name, values, rendered: file('rendered.yaml'), notes: file('notes.txt') };
    });
}
