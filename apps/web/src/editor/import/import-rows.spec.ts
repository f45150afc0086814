import { readJsonRows } from './json-rows.js';
import { toReport } from './report.js';

describe('readJsonRows', () => {
  const read = async (text: string) => {
    const rows = [];
    for await (const row of readJsonRows(new Blob([text]))) rows.push(row);
    return rows;
  };

  it.each(['[{"externalId":"a"},{"name":"B"}]', '{"titles":[{"externalId":"a"},{"name":"B"}]}'])(
    'reads titles by their positions from %s',
    async (text) => {
      expect((await read(text)).map(({ line, id, title }) => [line, id, title])).toEqual([
        [1, 'a', { externalId: 'a' }],
        [2, '', { name: 'B' }],
      ]);
    },
  );

  it.each([
    ['{', 'not valid JSON'],
    ['{"name":"A"}', 'no list of titles'],
    ['["A"]', 'no list of titles'],
  ])('rejects %s', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });
});

describe('toReport', () => {
  it('quotes cells with delimiters, quotes, and line breaks', () => {
    const issue = {
      line: 2,
      id: 's1',
      action: 'repaired',
      field: 'cast',
      reason: 'x',
      before: 'a, "b"',
      after: 'a\nb',
    } as const;
    expect(toReport([issue])).toBe(
      'line,id,action,field,reason,before,after\n2,s1,repaired,cast,x,"a, ""b""","a\nb"\n',
    );
  });
});
