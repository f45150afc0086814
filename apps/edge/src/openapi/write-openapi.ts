import { writeFile } from 'node:fs/promises';
import { buildDocument } from './document.js';

const [file] = process.argv.slice(2);
if (!file) throw new Error('usage: write-openapi.js <file>');
await writeFile(file, `${JSON.stringify(buildDocument(), undefined, 2)}\n`);
