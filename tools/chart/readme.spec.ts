import { valuesTables, withValuesTable } from './readme.ts';
import { readValues } from './values-table.ts';

const table = readValues(
  `
# How loud.
logLevel: info
# The processes.
services:
  edge:
    # How many pods.
    replicas: 1
    # A|B, in <release>.
    mode: a
  catalog:
    # How many pods.
    replicas: 1
    # As above.
    mode: a
  transcoder:
    # How many workers.
    replicas: 0
    # As above.
    mode: a
`,
  () => false,
);

test('a table for each top level key; what all services have is told once', () => {
  expect(valuesTables(table)).toBe(`### logLevel

| value | default | meaning |
|---|---|---|
| \`logLevel\` | \`info\` | How loud. |

### services

The processes.

| value | default | meaning |
|---|---|---|
| \`services.*.replicas\` | \`1\`; transcoder: \`0\` | How many pods. |
| \`services.*.mode\` | \`a\` | A\\|B, in &lt;release>. |`);
});

test('the table replaces what is between the marks, and nothing else', () => {
  const marks = (inside: string) =>
    `# Title\n\n<!-- values: npm run chart -- --write generates these tables from the comments in values.yaml -->\n\n${inside}\n\n<!-- /values -->\n\nThe end.\n`;
  const once = withValuesTable(marks('old'), table);
  expect(once).toBe(marks(valuesTables(table)));
  expect(withValuesTable(once, table)).toBe(once);
});

test('a README without the marks is refused', () => {
  expect(() => withValuesTable('# Title\n', table)).toThrow('lacks the lines');
});
