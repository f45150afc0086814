import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORKSPACE } from '../workspace.ts';

export interface MetricRow {
  readonly name: string;
  readonly labels: readonly string[];
  readonly help: string;
}

const DEFINITION = /new (?:Counter|Gauge|Histogram|Summary)\(\{([^}]*)\}\)/g;

/** What libs/messaging measures, as its source defines it. */
export function readEventMetrics(): MetricRow[] {
  const files = globSync('libs/messaging/src/**/*.ts', { cwd: WORKSPACE }).toSorted();
  return files.flatMap((file) =>
    [...readFileSync(join(WORKSPACE, file), 'utf8').matchAll(DEFINITION)].map(([, definition = '']) =>
      rowOf(definition),
    ),
  );
}

function rowOf(definition: string): MetricRow {
  const [, name = ''] = /name: '(\w+)'/.exec(definition) ?? [];
  const [, labels = ''] = /labelNames: \[([^\]]*)\]/.exec(definition) ?? [];
  const [, help = ''] = /help: '((?:[^'\\]|\\.)*)'/.exec(definition) ?? [];
  return { name, labels: [...labels.matchAll(/\w+/g)].map(String), help: help.replaceAll('\\', '') };
}
