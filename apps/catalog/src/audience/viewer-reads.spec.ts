import { limitStatement } from './viewer-reads.js';

const STATEMENT = { name: 'title-get', text: 'SELECT t.id FROM visible_title t WHERE t.id = $1' };

describe('limitStatement', () => {
  it('appends the maximum age to the name of a prepared statement, and changes nothing without one', () => {
    expect(limitStatement(STATEMENT, undefined)).toBe(STATEMENT);
    const names = [0, 13].map((age) => limitStatement(STATEMENT, age).name);
    expect(names).toEqual(['title-get-up-to-0', 'title-get-up-to-13']);
  });

  it('rejects a statement that does not read from visible_title', () => {
    expect(() => limitStatement({ text: 'SELECT id FROM title' }, undefined)).toThrow('visible_title');
  });
});
