import { Problem } from '../../api/problem.js';

export interface ResponseOf<Data> {
  readonly data?: Data;
  readonly response: Response;
}

/** Returns the body of a response and its entity tag, which a change requires. */
export async function readTagged<Data>(
  call: Promise<ResponseOf<Data>>,
): Promise<{ readonly data: Data; readonly entityTag: string }> {
  const { data, response } = await call;
  const entityTag = response.headers.get('etag');
  if (!data || entityTag === null) throw new Problem({ title: 'No entity tag', status: 200, code: 'INTERNAL' });
  return { data, entityTag };
}
