import { findShapeError } from './json-shape.js';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const withFields = (count: number): string =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`name ${index}`, index])));

describe('findShapeError', () => {
  it('rejects values that are nested more than 32 levels deep', () => {
    expect(findShapeError(nested(32))).toBeUndefined();
    expect(findShapeError(nested(33))).toEqual({ reason: 'nestedValues', values: { count: 32 } });
    expect(findShapeError('{"a":'.repeat(33))).toMatchObject({ reason: 'nestedValues' });
    expect(findShapeError('['.repeat(1_000_000))).toMatchObject({ reason: 'nestedValues' });
  });

  it('rejects an object with more than 256 fields, wherever it is', () => {
    expect(findShapeError(withFields(256))).toBeUndefined();
    expect(findShapeError(withFields(257))).toEqual({ reason: 'maxFields', values: { count: 256 } });
    expect(findShapeError(`{"a":[1,${withFields(257)}]}`)).toMatchObject({ reason: 'maxFields' });
  });

  it('counts the fields of each object, not those of the entire body', () => {
    expect(findShapeError(`[${Array(250).fill(withFields(20)).join(',')}]`)).toBeUndefined();
    expect(findShapeError(`{"a":${withFields(200)},"b":${withFields(200)}}`)).toBeUndefined();
  });

  it('ignores the content of texts', () => {
    const text = JSON.stringify({ text: `\\"${'[{:'.repeat(500)}"`, 'a:b': '\\' });
    expect(findShapeError(text)).toBeUndefined();
    expect(findShapeError(`${text.slice(0, -1)},"deep":${nested(40)}}`)).toMatchObject({ reason: 'nestedValues' });
  });

  it('leaves text that is not JSON to the parser', () => {
    for (const text of ['', '"open', ']]]]', '::', '{"a', '"\\']) expect(findShapeError(text)).toBeUndefined();
  });
});
