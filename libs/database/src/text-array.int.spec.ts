import pg from 'pg';
import { backing } from '@viernes/testing';
import { textArray } from './text-array.js';

it.each([[[]], [['']], [['a', 'NULL', '{}', ' b,c ']], [['"', '\\', '\\"', "'", '\n', 'ü']]])(
  'PostgreSQL reads the same strings from textArray: %j',
  async (values: string[]) => {
    const client = new pg.Client({ connectionString: backing().postgresUrl });
    await client.connect();
    const { rows } = await client.query<{ values: string[] }>('SELECT $1::text[] AS values', [textArray(values)]);
    await client.end();
    expect(rows[0]?.values).toEqual(values);
  },
);
