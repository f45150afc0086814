import { selectEncoding } from './select-encoding.js';

describe('selectEncoding', () => {
  it.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, zstd', 'zstd'],
    ['gzip, deflate', 'gzip'],
    ['deflate', 'identity'],
    ['GZIP', 'gzip'],
    ['*', 'br'],
    ['zstd;q=0, br;q=0, *', 'gzip'],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['br ; q=0.2 , identity;q=0.9', 'identity'],
    ['br;q=0', 'identity'],
    ['identity;q=0, *;q=0', 'identity'],
    ['gzip;q=nonsense, ;;,', 'identity'],
    [`${'x,'.repeat(5_000)} br`, 'identity'],
  ])('the header %j selects the encoding %s', (header, encoding) => {
    expect(selectEncoding(header)).toBe(encoding);
  });

  it('selects correctly for more headers than it caches', () => {
    for (let index = 0; index < 200; index++) expect(selectEncoding(`br, unknown-${index}`)).toBe('br');
    expect(selectEncoding('gzip;q=0.7, unknown')).toBe('gzip');
  });
});
