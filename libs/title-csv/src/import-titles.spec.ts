import { importTitles, type ImportResult } from './import-titles.js';
import type { ReadRow } from './read-rows.js';

describe('importTitles', () => {
  const BATCHES = 5;
  const BATCH_TITLES = 200;
  async function* readRows(): AsyncGenerator<ReadRow> {
    for (let line = 1; line <= BATCHES * BATCH_TITLES; line += 1) {
      const id = `s${line}`;
      const title = { kind: 'film', name: id, synopsis: '', externalId: id } as const;
      yield await Promise.resolve({ line, endByte: line, id, title, issues: [] });
    }
  }

  it('sends each batch while the previous one is stored, and yields the batches in order', async () => {
    const storing: ((outcome: ImportResult['outcome']) => void)[] = [];
    const send = (titles: readonly unknown[]): Promise<ImportResult[]> =>
      new Promise((resolve) => {
        storing.push((outcome) => resolve(titles.map(() => ({ outcome, problems: [] }))));
      });
    const batches = importTitles(readRows(), send);
    const lines: number[] = [];
    for (let number = 1; number <= BATCHES; number += 1) {
      const batch = batches.next();
      await new Promise(setImmediate);
      expect(storing).toHaveLength(Math.min(number + 1, BATCHES));
      storing[number - 1]?.('created');
      const { value } = await batch;
      if (value) lines.push(value.line);
    }
    expect(lines).toEqual([200, 400, 600, 800, 1_000]);
    expect(await batches.next()).toEqual({ done: true, value: undefined });
  });

  it('yields the batches before a failed one, and throws its error', async () => {
    let count = 0;
    const send = async (titles: readonly unknown[]): Promise<ImportResult[]> => {
      count += 1;
      if (count === 2) throw new Error('rejected');
      return Promise.resolve(titles.map(() => ({ outcome: 'created' as const, problems: [] })));
    };
    const batches = importTitles(readRows(), send);
    expect((await batches.next()).value).toMatchObject({ line: 200, outcomes: { created: 200 } });
    await expect(batches.next()).rejects.toThrow('rejected');
  });
});
