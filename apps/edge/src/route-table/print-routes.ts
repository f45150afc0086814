// Prints every route with its policies. With --page, updates the table in a Markdown page instead.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { OPERATIONS } from '../openapi/operations.js';
import { toRouteRow, toText, updateRoutesPage } from './route-table.js';

const { page } = parseArgs({ options: { page: { type: 'string' } } }).values;
const rows = OPERATIONS.map(toRouteRow);
if (page === undefined) console.log(toText(rows));
else writeFileSync(page, updateRoutesPage(readFileSync(page, 'utf8'), rows));
