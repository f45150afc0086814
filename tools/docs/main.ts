// Updates the generated tables of docs/events.md: npm run docs.
import { EVENTS, TOPICS } from '@viernes/contracts';
import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WORKSPACE } from '../workspace.ts';
import { toEventTable, toMetricTable, toPayloadSections, toTopicTable } from './event-tables.ts';
import { readPayloads } from './proto-messages.ts';

const path = join(WORKSPACE, 'docs', 'events.md');
const sources = globSync('libs/messaging/src/**/*.ts', { cwd: WORKSPACE }).toSorted();
const messaging = await Promise.all(sources.map((file) => readFile(join(WORKSPACE, file), 'utf8')));
const generated: Readonly<Record<string, string>> = {
  events: toEventTable(EVENTS),
  topics: toTopicTable(TOPICS),
  metrics: toMetricTable(messaging.join('\n')),
  payloads: toPayloadSections(EVENTS, await readPayloads()),
};
const page = await readFile(path, 'utf8');
const SECTION = /(<!-- generated: (\w+) -->\n)[^]*?(\n<!-- end -->)/g;
await writeFile(
  path,
  page.replaceAll(SECTION, (_, start: string, name: string, end: string) => start + (generated[name] ?? '') + end),
);
