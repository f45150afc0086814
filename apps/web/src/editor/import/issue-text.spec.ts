import { describeIssue, toCountedText, toHeaderText } from './issue-text.js';

const ISSUE = { line: 7, id: 's1', action: 'dropped', field: 'genres', before: 'a', after: '' } as const;

describe('describeIssue', () => {
  it('inserts the values of the reason', () => {
    const described = describeIssue({ ...ISSUE, reason: { code: 'tooManyItems', values: { count: 10 } } });
    expect(described).toEqual({ ...ISSUE, reason: 'has more than 10 items' });
    expect(toCountedText(described)).toBe('dropped genres: has more than 10 items');
  });

  it('names the earlier line of a repeated ID, but not in the text that counts issues', () => {
    const described = describeIssue({ ...ISSUE, field: '', reason: { code: 'repeatedId' }, earlierLine: 2 });
    expect(described).toMatchObject({ reason: 'is also the ID of an earlier row', before: 'line 2' });
    expect(toCountedText(described)).toBe('dropped: is also the ID of an earlier row');
  });
});

describe('toHeaderText', () => {
  it('lists the columns of the file', () => {
    const problem = { code: 'noNameColumn', column: 'title', columns: ['first', 'last'], delimiter: ';' } as const;
    expect(toHeaderText(problem, 'a.csv')).toBe(
      'a.csv has no column "title" for the name of titles. Its columns are: first, last (delimiter ";").',
    );
  });
});
