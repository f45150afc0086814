import { readValues, toTables, withValuesTables } from './values-table.ts';

const TEXT = `# The first section.
image:
  # Registry.
  registry: docker.io
  tag: ''
  # Where nodes store images.
  cache:
    # Bytes.
    size: 1

# Level.
# Second line.
logLevel: info
services:
  # The first service.
  edge:
    # Number of pods.
    replicas: 1
    # A|B, in <release>.
    mode: a
    # Limits.
    resources:
      requests: { cpu: 100m }
    # Variables.
    extraEnv:
      THREADS: '2'
    # Hosts.
    hosts: []
  catalog:
    # Number of pods.
    replicas: 1
    # The same.
    mode: a
  transcoder:
    # Number of workers.
    replicas: 0
    # The same.
    mode: a
`;

const values = readValues(TEXT);

test('each value and each nested section with a comment has a row in order', () => {
  expect(values.values.filter(({ path }) => !/catalog|transcoder/.test(path))).toEqual([
    { path: 'image.registry', default: 'docker.io', meaning: 'Registry.' },
    { path: 'image.tag', default: "''", meaning: undefined },
    { path: 'image.cache', default: '', meaning: 'Where nodes store images.' },
    { path: 'image.cache.size', default: '1', meaning: 'Bytes.' },
    { path: 'logLevel', default: 'info', meaning: 'Level. Second line.' },
    { path: 'services.edge', default: '', meaning: 'The first service.' },
    { path: 'services.edge.replicas', default: '1', meaning: 'Number of pods.' },
    { path: 'services.edge.mode', default: 'a', meaning: 'A|B, in <release>.' },
    { path: 'services.edge.resources', default: '{ requests: { cpu: 100m } }', meaning: 'Limits.' },
    { path: 'services.edge.extraEnv', default: "{ THREADS: '2' }", meaning: 'Variables.' },
    { path: 'services.edge.hosts', default: '[]', meaning: 'Hosts.' },
  ]);
});

test('top-level sections have the comment above them', () => {
  expect([...values.sections]).toEqual([
    ['image', 'The first section.'],
    ['services', ''],
  ]);
});

test('invalid YAML is rejected', () => {
  expect(() => readValues('a: [1')).toThrow();
});

test('each top-level key has a table, and the services share their rows', () => {
  const tables = toTables(values);
  expect(tables).toContain(`### logLevel

| value | default | meaning |
|---|---|---|
| \`logLevel\` | \`info\` | Level. Second line. |`);
  expect(tables).toContain(`### services

| value | default | meaning |
|---|---|---|
| \`services.edge\` |  | The first service. |
| \`services.*.replicas\` | \`1\`; transcoder: \`0\` | Number of pods. |
| \`services.*.mode\` | \`a\` | A\\|B, in &lt;release>. |`);
});

test('the tables replace only the text between the marks', () => {
  const mark = '<!-- values: npm run chart -- --write generates these tables from the comments in values.yaml -->';
  const readme = (inside: string) => `# Title\n\n${mark}\n\n${inside}\n\n<!-- /values -->\n\nEnd.\n`;
  const once = withValuesTables(readme('old'), values);
  expect(once).toBe(readme(toTables(values)));
  expect(withValuesTables(once, values)).toBe(once);
});

test('a README without the marks is rejected', () => {
  expect(() => withValuesTables('# Title\n', values)).toThrow('lacks the lines');
});
