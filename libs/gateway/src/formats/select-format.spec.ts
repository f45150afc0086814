import { listAcceptedFormats, selectProblemFormat } from './select-format.js';

describe('listAcceptedFormats', () => {
  it.each([
    [undefined, 'json'],
    ['', 'json'],
    ['*/*', 'json'],
    ['application/*', 'json'],
    ['application/json', 'json'],
    ['application/json; charset=UTF-8', 'json'],
    ['application/json, text/plain, */*', 'json'],
    ['application/xml', 'xml'],
    ['APPLICATION/XML', 'xml'],
    ['application/xml, */*', 'xml'],
    ['application/xml;q=0.9, */*;q=0.8', 'xml'],
    ['application/xml;q=0.5, application/json', 'json'],
    ['application/json;q=0.5, application/xml;q=0.8', 'xml'],
    ['application/json;q=0, */*', 'xml'],
    ['application/xml;q=0, application/json;q=0', undefined],
    ['text/html', undefined],
    ['nonsense', undefined],
    ['text/csv', 'csv'],
    ['text/csv;q=0.5, application/json', 'json'],
    [`${'text/x,'.repeat(1_000)} application/xml`, 'xml'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'json'],
  ])('the header %j selects the format %s', (accept, format) => {
    expect(listAcceptedFormats(accept)[0]?.format).toBe(format);
  });

  it.each([
    ['application/vnd.viernes.v2+json', ['json 2']],
    ['Application/VND.viernes.V2+XML; charset=utf-8', ['xml 2']],
    ['application/json;q=0.5, application/vnd.viernes.v2+json', ['json 2', 'json']],
    ['application/vnd.viernes.v2+json;q=0.5, application/json', ['json', 'json 2']],
    ['application/vnd.viernes.v3+json, application/vnd.viernes.v2+json;q=0.9', ['json 3', 'json 2']],
    ['application/vnd.viernes.v2+json;q=0', []],
    ['application/vnd.viernes.v2+yaml, application/vnd.other.v2+json, application/vnd.viernes.v1234+json', []],
  ])('the header %j accepts the formats and versions %j', (accept, expected) => {
    const listed = listAcceptedFormats(accept).map(({ format, version = '' }) => `${format} ${version}`.trim());
    expect([...new Set(listed)]).toEqual(expected);
  });

  it('selects correctly for more headers than it caches', () => {
    for (let index = 0; index < 200; index++) {
      expect(listAcceptedFormats(`application/xml, text/x-${index}`)[0]?.format).toBe('xml');
    }
  });
});

describe('selectProblemFormat', () => {
  it.each([
    [undefined, 'json'],
    ['*/*', 'json'],
    ['text/html', 'json'],
    ['application/xml', 'xml'],
    ['application/problem+xml', 'xml'],
    ['application/vnd.viernes.v2+xml', 'xml'],
    ['application/json, application/problem+json', 'json'],
    ['application/problem+xml;q=0.5, application/json', 'json'],
  ])('the header %j selects the format %s', (accept, format) => {
    expect(selectProblemFormat(accept)).toBe(format);
  });
});
