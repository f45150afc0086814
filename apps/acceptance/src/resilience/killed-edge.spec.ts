import type { Schema } from '@viernes/api-client';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { get, post, requireBody } from '../support/http.js';
import { processes, waitUntilPlatformIsReady } from '../support/processes.js';
import {
  newAccountRequest,
  newTitleRequest,
  newUploadRequest,
  type RepeatedRequest,
} from '../support/repeated-requests.js';
import { unique, uniqueWord } from '../support/unique.js';

const isCreated = ({ status }: { readonly status: number }): boolean => status === 201;

describe('an edge that is killed while a hundred equal requests with one Idempotency-Key run', () => {
  let editor: Editor;

  beforeAll(async () => {
    editor = await Editor.signIn();
  });
  afterAll(() => waitUntilPlatformIsReady());

  /** @returns the ID of what was created */
  const interrupt = async (request: RepeatedRequest): Promise<string> => {
    const interrupted = request.sendInParallel();
    const names = (await processes.list()).map(({ name }) => name);
    const name = names.find((each) => each === 'edge') ?? 'monolith';
    await processes.kill(name);
    const received = (await interrupted).flatMap((response) => (response && isCreated(response) ? [response] : []));
    await processes.start(name);
    await waitUntilPlatformIsReady();
    const first = await eventually(() => request.send(), isCreated);
    const again = await request.send();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(new Set([...received, first, again].map(({ text }) => text)).size).toBe(1);
    return (again.body as { readonly id?: string }).id ?? '';
  };

  it('creates one account when the edge is killed', async () => {
    await interrupt(newAccountRequest());
  });

  it('creates one title when the edge is killed', async () => {
    const genre = uniqueWord();
    const id = await interrupt(newTitleRequest(editor, genre));
    const { titles } = requireBody(await get<Schema<'TitlePage'>>(`/v1/titles?genre=${genre}`), 200);
    expect(titles.map((title) => title.id)).toEqual([id]);
  });

  // In the monolith, the kill can interrupt the start of an upload, which then accepts no parts until it expires.
  it('creates one upload that accepts parts when the edge is killed', async () => {
    const title = await editor.createTitle(unique('Upload'));
    const id = await interrupt(newUploadRequest(editor, title.id));
    const path = `/v1/uploads?titleId=${title.id}`;
    const { uploads } = requireBody(await get<Schema<'UploadList'>>(path, { token: editor.token }), 200);
    const usableIds: string[] = [];
    for (const upload of uploads) {
      const { status } = await post(`/v1/uploads/${upload.id}/parts`, { partNumbers: [1] }, { token: editor.token });
      if (status === 200) usableIds.push(upload.id);
    }
    expect(usableIds).toEqual([id]);
  });
});
