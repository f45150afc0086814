import { describeStatement } from './statement-span.js';

describe('describeStatement', () => {
  it('names the operation and the database system', () => {
    expect(describeStatement('\n  select 1')).toMatchObject({
      name: 'postgresql SELECT',
      attributes: { 'db.system.name': 'postgresql', 'db.operation.name': 'SELECT' },
    });
  });

  it('contains the text without literals, which can be personal data', () => {
    const text = `SELECT id FROM account\n  WHERE email = 'o''hara@example.org' AND role = $1`;
    expect(describeStatement(text).attributes?.['db.query.text']).toBe(
      'SELECT id FROM account WHERE email = ? AND role = $1',
    );
  });

  it('contains nothing of a literal beyond the maximum length', () => {
    const text = `SELECT ${'x'.repeat(2_000)}, 'ada@example.org'`;
    expect(String(describeStatement(text).attributes?.['db.query.text'])).not.toContain('ada');
    const cut = `SELECT '${'secret '.repeat(300)}'`;
    expect(String(describeStatement(cut).attributes?.['db.query.text'])).toBe('SELECT ?');
  });

  it('reads a named statement of pg', () => {
    expect(describeStatement({ text: 'INSERT INTO title VALUES ($1)' }).name).toBe('postgresql INSERT');
  });
});
