import { readCallsOptions, readDownOptions, readUpOptions } from './options.ts';

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

test('calls are those of catalog, or of the service that is named', () => {
  expect(readCallsOptions([])).toEqual({ namespace: 'viernes', service: 'catalog' });
  expect(readCallsOptions(['user', '--namespace', 'films'])).toEqual({ namespace: 'films', service: 'user' });
});

test.each([
  ['--dta', () => readDownOptions(['--dta'])],
  ['transcoder', () => readCallsOptions(['transcoder'])],
  ['--data', () => readUpOptions(['--data'])],
  ['Viernes', () => readUpOptions(['--namespace', 'Viernes'])],
])('%s is refused by its name', (name, read) => {
  expect(read).toThrow(name);
});
