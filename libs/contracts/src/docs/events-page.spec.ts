import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVENTS } from '../events/event-registry.js';
import { TOPICS } from '../events/topics.js';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/events.md'), 'utf8');
const rows = page.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));

describe('docs/events.md', () => {
  it.each(EVENTS.map((event) => [event.type, event] as const))(
    'contains a row and the payload of %s',
    (type, event) => {
      const name = type.split('.').at(-2);
      const row = rows.find((cells) => cells[1]?.startsWith(`[\`${name}\`]`) && cells[2] === String(event.version));
      expect(row?.slice(3, 8)).toEqual([
        event.producer,
        `\`${event.topic}\``,
        event.keyField === undefined ? 'the type' : `\`${event.keyField}\``,
        event.consumers.map((consumer) => `\`${consumer}\``).join(', ') || 'none',
        event.description,
      ]);
      expect(page).toContain(`\n### ${name} v${event.version}\n\n\`${type}\`\n`);
    },
  );

  it('contains a row for every topic', () => {
    const documented = rows
      .filter((cells) => /^`viernes\.[a-z]+\.[a-z]+`$/.test(cells[1] ?? ''))
      .map(([, name]) => name);
    expect(documented).toEqual(TOPICS.map(({ name }) => `\`${name}\``));
  });
});
