import { selectFormat, selectProblemFormat } from './select-format.js';

describe('selectFormat', () => {
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
    [`${'text/x,'.repeat(1_000)} application/xml`, 'xml'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'json'],
  ])('selects for %j the format %s', (accept, format) => {
    expect(selectFormat(accept)).toBe(format);
  });

  it('selects JSON if there is nothing else and the client accepts it', () => {
    expect(selectFormat('application/xml, */*;q=0.1', true)).toBe('json');
    expect(selectFormat('application/xml', true)).toBeUndefined();
  });

  it('selects correctly for more headers than it remembers', () => {
    for (let index = 0; index < 200; index++) expect(selectFormat(`application/xml, text/x-${index}`)).toBe('xml');
  });
});

describe('selectProblemFormat', () => {
  it.each([
    [undefined, 'json'],
    ['*/*', 'json'],
    ['text/html', 'json'],
    ['application/xml', 'xml'],
    ['application/problem+xml', 'xml'],
    ['application/json, application/problem+json', 'json'],
    ['application/problem+xml;q=0.5, application/json', 'json'],
  ])('selects for %j the format %s', (accept, format) => {
    expect(selectProblemFormat(accept)).toBe(format);
  });
});
