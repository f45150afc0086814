import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { checkMigrationDrift } from '@viernes/database';
import { z } from 'zod';
import { ENTITIES, MIGRATIONS } from '../schema.js';

// Whether entities and migrations say the same. DATABASE_URL: any database of a role that may create one.
const url = z.url({ protocol: /^postgres(ql)?$/ }).parse(process.env['DATABASE_URL']);
// Standard output is for the statements alone.
Logger.overrideLogger(['fatal', 'error', 'warn']);
const missing = await checkMigrationDrift({ url, entities: ENTITIES, migrations: MIGRATIONS });
for (const statement of missing) process.stdout.write(`${statement};\n`);
process.exitCode = missing.length === 0 ? 0 : 1;
