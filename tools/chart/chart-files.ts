import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { WORKSPACE } from '../workspace.ts';

export const CHART = join(WORKSPACE, 'helm', 'viernes');
export const VALUES = join(CHART, 'values.yaml');
export const SCHEMA = join(CHART, 'values.schema.json');
export const README = join(CHART, 'README.md');

const GOLDEN = join(CHART, 'golden');

/** One set of values, and what the chart renders with it. */
export interface GoldenCase {
  readonly name: string;
  readonly values: string;
  readonly rendered: string;
  readonly notes: string;
}

/** Every folder of golden/. One without a values.yaml is for the values that people install with: k8s/values-<name>.yaml. */
export function goldenCases(): readonly GoldenCase[] {
  return readdirSync(GOLDEN)
    .toSorted()
    .map((name) => {
      const own = join(GOLDEN, name, 'values.yaml');
      const values = existsSync(own) ? own : join(WORKSPACE, 'k8s', `values-${name}.yaml`);
      return { name, values, rendered: join(GOLDEN, name, 'rendered.yaml'), notes: join(GOLDEN, name, 'notes.txt') };
    });
}
