import { QueryClient } from '@tanstack/react-query';
import { storeResult } from './store-result.js';

describe('storeResult', () => {
  it('prevents a read that started before the change from replacing the result', async () => {
    const queries = new QueryClient();
    const queryKey = ['rating', 't1'];
    queries.setQueryData(queryKey, 'down');
    let respond = (_rating: string): void => undefined;
    const response = new Promise<string>((resolve) => (respond = resolve));
    const read = queries.fetchQuery({ queryKey, queryFn: () => response }).catch(() => undefined);
    await storeResult(queries, queryKey, 'up');
    respond('down');
    await read;
    await response;
    expect(queries.getQueryData(queryKey)).toBe('up');
    queries.clear();
  });
});
