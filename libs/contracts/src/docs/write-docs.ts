// Writes the AsyncAPI document, and the generated sections of docs/events.md: npm run docs.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVENTS } from '../events/event-registry.js';
import { TOPICS } from '../events/topics.js';
import { toAsyncApi } from './asyncapi.js';
import { updateEventsPage } from './events-page.js';
import { readPayloads } from './payloads.js';

const LIBRARY = join(import.meta.dirname, '..', '..');
const EVENTS_PAGE = join(LIBRARY, '..', '..', 'docs', 'events.md');

const payloads = readPayloads();
const document = toAsyncApi(EVENTS, TOPICS, payloads);
writeFileSync(join(LIBRARY, 'asyncapi.json'), `${JSON.stringify(document, undefined, 2)}\n`);
writeFileSync(EVENTS_PAGE, updateEventsPage(readFileSync(EVENTS_PAGE, 'utf8'), payloads));
