import { readValues } from './values-table.ts';

const TEXT = `# The first section.
image:
  # Where from.
  registry: docker.io
  tag: ''

# How loud.
# Two lines of it.
logLevel: info
services:
  # One of them.
  edge:
    # How many.
    replicas: 2
    # What it may take.
    resources:
      requests: { cpu: 100m }
    # More.
    env:
      # A comment inside a value is no row.
      THREADS: '2'
    # None yet.
    hosts: []
`;

const { rows, sections } = readValues(TEXT, (path) => /\.(resources|env)$/.test(path));

test('a row for each value, in order, with the comment above it', () => {
  expect(rows).toEqual([
    { path: 'image.registry', standard: 'docker.io', meaning: 'Where from.' },
    { path: 'image.tag', standard: "''", meaning: undefined },
    { path: 'logLevel', standard: 'info', meaning: 'How loud. Two lines of it.' },
    { path: 'services.edge.replicas', standard: '2', meaning: 'How many.' },
    { path: 'services.edge.resources', standard: '{ requests: { cpu: 100m } }', meaning: 'What it may take.' },
    { path: 'services.edge.env', standard: "{ THREADS: '2' }", meaning: 'More.' },
    { path: 'services.edge.hosts', standard: '[]', meaning: 'None yet.' },
  ]);
});

test('sections keep what is said above them', () => {
  expect([...sections]).toEqual([
    ['image', 'The first section.'],
    ['services', ''],
    ['services.edge', 'One of them.'],
  ]);
});

test('what is no YAML is refused', () => {
  expect(() => readValues('a: [1', () => false)).toThrow();
});
