import { writeFile } from 'node:fs/promises';
import { openApiDocument } from './document.js';
import { OPERATIONS } from './operations.js';

const [file] = process.argv.slice(2);
if (!file) throw new Error('usage: write-openapi.js <file>');
await writeFile(file, `${JSON.stringify(openApiDocument(OPERATIONS), undefined, 2)}\n`);
