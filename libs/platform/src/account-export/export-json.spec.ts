import { toExportJson } from './export-json.js';

describe('toExportJson', () => {
  it('cuts lists with too many rows, and names them', () => {
    const data = { account: { id: 'a' }, ratings: [3, 2], securityEvents: [4, 3, 2] };
    expect(JSON.parse(toExportJson(data, 2))).toEqual({
      account: { id: 'a' },
      ratings: [3, 2],
      securityEvents: [4, 3],
      truncatedLists: ['securityEvents'],
    });
  });
});
