import { toBytes } from './builder.ts';

test.each([
  ['238 MB', 238e6],
  ['1.2 GB', 1.2e9],
  ['512 kB', 512e3],
])('%s is parsed with decimal units', (text, bytes) => {
  expect(toBytes(text)).toBeCloseTo(bytes);
});

test('another unit is rejected', () => {
  expect(() => toBytes('238 MiB')).toThrow('not a size: 238 MiB');
});
