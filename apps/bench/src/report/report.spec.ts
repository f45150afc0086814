import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toRow, isTargetMet } from '../run/row.js';
import { withSection } from './document.js';
import { formatTarget, formatValue, toLine } from './format.js';
import { findRegressions } from './regression.js';
import { addToReport } from './report.js';

const rate = (...samples: number[]) =>
  toRow(
    { id: 'reads.list', title: 'list', unit: 'x', baseline: 'raw Fastify', target: { is: 'at least', value: 0.5 } },
    samples,
  );
const report = (row: ReturnType<typeof rate>) => ({
  machine: { cores: 2, cpu: 'test', memoryGib: 8, node: 'v24' },
  rows: [{ ...row, measuredAt: '', commit: '', options: { sliceSeconds: 1, rounds: 1, titles: 1 } }],
});

describe('a row', () => {
  it('contains the median and the spread of its samples', () => {
    expect(rate(0.4, 0.9, 0.6)).toMatchObject({ value: 0.6, spread: [0.4, 0.9], samples: 3 });
  });

  it('states whether its target is met', () => {
    expect([rate(0.5), rate(0.49)].map(isTargetMet)).toEqual([true, false]);
    expect(isTargetMet({ ...rate(3), target: { is: 'at most', value: 2 } })).toBe(false);
    expect(toLine(rate(0.49))).toContain('MISSED');
  });

  it('formats a row with three digits and its unit', () => {
    expect([formatValue(0.51234, 'x'), formatValue(1234.5, 'ms')]).toEqual(['0.512×', '1235 ms']);
    expect(formatTarget({ is: 'at most', value: 2 }, 'ms')).toBe('≤ 2 ms');
  });
});

describe('addToReport', () => {
  it('puts the rows of a repeated bench in place of its earlier ones', () => {
    const folder = mkdtempSync(join(tmpdir(), 'viernes-report-'));
    try {
      const options = { sliceSeconds: 1, rounds: 1, titles: 1 };
      const add = (id: string, value: number) =>
        addToReport(join(folder, 'report.json'), '', id.split('.')[0] ?? '', [{ ...rate(value), id }], options);
      add('cached.list', 0.4);
      add('reads.list', 0.8);
      const { rows } = add('cached.list', 0.5);
      expect(rows.map(({ id, value }) => [id, value])).toEqual([
        ['cached.list', 0.5],
        ['reads.list', 0.8],
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('findRegressions', () => {
  it('reports ratios that are over 30 % worse than the reference', () => {
    expect(findRegressions([rate(0.71)], report(rate(1)))).toEqual([]);
    expect(findRegressions([rate(0.69)], report(rate(1)))).toEqual(['reads.list: 0.69×, was 1×']);
  });
});

describe('withSection', () => {
  it('replaces the text between the markers', () => {
    const document = 'a\n<!-- table -->\nold\n<!-- /table -->\nb';
    expect(withSection(document, 'table', 'new')).toBe('a\n<!-- table -->\n\nnew\n\n<!-- /table -->\nb');
  });

  it('throws an error if a marker is missing', () => {
    expect(() => withSection('no markers', 'table', 'new')).toThrow('<!-- table -->');
  });
});
