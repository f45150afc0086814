import type { operations, Schema } from '@viernes/api-client';
import { readData } from '../api/problem.js';
import { edge } from '../session/edge-client.js';

export type UsageRow = Schema<'UsageRow'>;
type UsageQuery = NonNullable<operations['listUsage']['parameters']['query']>;

/** The largest page size of the API. Charts have fewer intervals, and tables show only the first rows. */
const PAGE_SIZE = 1_000;

/** Returns the first page of a report. */
export const readUsage = (query: UsageQuery, signal: AbortSignal): Promise<Schema<'UsageReport'>> =>
  readData(edge.GET('/v1/usage', { params: { query: { pageSize: PAGE_SIZE, ...query } }, signal })) as Promise<
    Schema<'UsageReport'>
  >;

/** Returns all pages of a report as one CSV file. */
export async function readUsageCsv(query: UsageQuery): Promise<Blob> {
  const pages: string[] = [];
  for (let next: UsageQuery | undefined = { pageSize: PAGE_SIZE, ...query }; next;) {
    const { data, response } = await edge.GET('/v1/usage', {
      params: { query: next },
      headers: { accept: 'text/csv' },
      parseAs: 'text',
    });
    const text = String(data);
    // Only the first page needs the header.
    pages.push(pages.length === 0 ? text : text.slice(text.indexOf('\r\n') + 2));
    const [, search] = /^<[^?]*\?(.*)>; rel="next"$/.exec(response.headers.get('link') ?? '') ?? [];
    const parameters = new URLSearchParams(search);
    const [from, to, cursor] = ['from', 'to', 'cursor'].map((name) => parameters.get(name) ?? undefined);
    next = cursor === undefined ? undefined : { ...next, ...(from && { from }), ...(to && { to }), cursor };
  }
  return new Blob(pages, { type: 'text/csv' });
}
