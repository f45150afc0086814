import type { ByteSource } from './byte-source.js';
import { readCsv, type CsvRecord } from './read-csv.js';

describe('readCsv', () => {
  async function read(text: string, format = { delimiter: ',', hasQuotes: true }): Promise<CsvRecord[]> {
    const bytes = new TextEncoder().encode(text);
    const source: ByteSource = {
      async *read(start) {
        // Chunks that divide characters and records.
        for (let offset = start; offset < bytes.length; offset += 3) yield bytes.subarray(offset, offset + 3);
      },
    };
    const records: CsvRecord[] = [];
    for await (const record of readCsv(source, format)) records.push(record);
    return records;
  }
  const summarize = (records: readonly CsvRecord[]) =>
    records.map(({ line, fields, problem }) => `${line}: ${problem ?? JSON.stringify(fields)}`);

  it.each([
    ['LF', 'a,b\n1,"x\ny"\n2,3\n', ['1: ["a","b"]', '2: ["1","x\\ny"]', '4: ["2","3"]']],
    ['CRLF', 'a,b\r\n1,"x\r\ny"\r\n2,3', ['1: ["a","b"]', '2: ["1","x\\r\\ny"]', '4: ["2","3"]']],
    ['LF after CRLF', 'a,b\r\n1,2\n2,3\n', ['1: ["a","b"]', '2: ["1","2"]', '3: ["2","3"]']],
    ['CR', 'a,b\r1,2\r', ['1: ["a","b"]', '2: ["1","2"]']],
    ['a byte order mark', '\uFEFF"a",b\n', ['1: ["a","b"]']],
  ])('reads records with %s and the lines in which they begin', async (_, text, expected) => {
    expect(summarize(await read(text))).toEqual(expected);
  });

  it('returns records with too few and too many fields', async () => {
    const records = await read('a,b\n1\n1,2,3\n');
    expect(records.map(({ fields }) => fields.length)).toEqual([2, 1, 3]);
  });

  it.each([
    ['is not closed until a later row', '2,"x\n3,y\n4,"z"\n', 'textAfterQuote'],
    ['is never closed', '2,"x\n3,y\n4,z\n', 'quoteNotClosed'],
    ['closes too early', '2,"x"y"\n3,y\n4,z\n', 'textAfterQuote'],
    ['is inside a field', '2,5" disc\n3,y\n4,z\n', 'quoteInsideField'],
  ])('reports only the line of a quote that %s', async (_, rows, problem) => {
    const records = await read(`a,b\n1,x\n${rows}`);
    expect(summarize(records)).toEqual([
      '1: ["a","b"]',
      '2: ["1","x"]',
      `3: ${problem}`,
      '4: ["3","y"]',
      '5: ["4","z"]',
    ]);
  });

  it.each(['\n', '\r\n', '\r'])(
    'returns every record before and after an invalid one in a large file with the line break %j',
    async (lineBreak) => {
      const rows = Array.from({ length: 20_000 }, (_, index) => (index === 15_000 ? 'x,5" disc' : `${index},"é\n"`));
      const text = rows.join(lineBreak);
      const records = await read(text);
      expect(records).toHaveLength(20_000);
      expect(records.filter(({ problem }) => problem !== undefined).map(({ line }) => line)).toEqual([30_001]);
      const endByte = Buffer.byteLength(text);
      expect(records.at(-1)).toMatchObject({ line: 39_998, endByte, fields: ['19999', 'é\n'] });
    },
  );

  it('does not read a complete file to find the end of a quote', async () => {
    const [, broken, next] = await read(`a,b\n1,"x\n2,y\n${'3,z\n'.repeat(400_000)}`);
    expect(broken?.problem).toBe('recordTooLong');
    expect(next?.fields).toEqual(['2', 'y']);
  });

  it('treats quotes as text if the format has no quotes', async () => {
    const records = await read('a\tb\n"x\ty\n', { delimiter: '\t', hasQuotes: false });
    expect(records[1]?.fields).toEqual(['"x', 'y']);
  });
});
