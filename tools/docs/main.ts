// Writes the pages that are made from the contracts: npm run docs.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EVENTS, TOPICS } from '@viernes/contracts';
import { WORKSPACE } from '../workspace.ts';
import { readEventMetrics } from './event-metrics.ts';
import { eventsPage } from './events-page.ts';
import { readPayloads } from './proto-messages.ts';

const page = 'docs/events.md';
await writeFile(join(WORKSPACE, page), eventsPage(EVENTS, TOPICS, await readPayloads(), readEventMetrics()));
console.log(`written: ${page}`);
