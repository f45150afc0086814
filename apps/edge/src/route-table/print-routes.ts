import { parseArgs } from 'node:util';
import { OPERATIONS } from '../openapi/operations.js';
import { toRouteRow, toText } from './route-table.js';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const rows = OPERATIONS.map(toRouteRow);
console.log(values.json ? JSON.stringify(rows) : toText(rows));
