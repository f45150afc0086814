import { readDownOptions, readUpOptions } from './options.ts';

test('the defaults are the namespace viernes, all steps, and prompts', () => {
  expect(readUpOptions([])).toMatchObject({
    namespace: 'viernes',
    yes: false,
    values: [],
    set: [],
    timeout: '10m',
    'skip-images': false,
    'skip-test': false,
  });
  expect(readDownOptions([])).toMatchObject({ namespace: 'viernes', yes: false, data: false });
});

test('--set and --values are repeatable', () => {
  expect(readUpOptions(['--set', 'a=1', '--set', 'b=2', '--values', 'f.yaml'])).toMatchObject({
    set: ['a=1', 'b=2'],
    values: ['f.yaml'],
  });
});

test.each([
  ['--dta', () => readDownOptions(['--dta'])],
  ['--data', () => readUpOptions(['--data'])],
])('%s is rejected by name', (name, read) => {
  expect(read).toThrow(name);
});
