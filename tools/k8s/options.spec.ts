import { readDownOptions, readUpOptions } from './options.ts';

test('the standard: namespace viernes, build, load, test, ask', () => {
  expect(readUpOptions([])).toMatchObject({
    namespace: 'viernes',
    yes: false,
    values: [],
    set: [],
    'skip-images': false,
    'skip-load': false,
    'skip-test': false,
    timeout: '10m',
  });
  expect(readDownOptions([])).toMatchObject({ namespace: 'viernes', yes: false, data: false });
});

test('values may be given many times', () => {
  expect(readUpOptions(['--set', 'a=1', '--set', 'b=2', '--values', 'f.yaml'])).toMatchObject({
    set: ['a=1', 'b=2'],
    values: ['f.yaml'],
  });
});

test.each([
  ['--dta', () => readDownOptions(['--dta'])],
  ['--data', () => readUpOptions(['--data'])],
  ['Viernes', () => readUpOptions(['--namespace', 'Viernes'])],
])('%s is refused by its name', (name, read) => {
  expect(read).toThrow(name);
});
