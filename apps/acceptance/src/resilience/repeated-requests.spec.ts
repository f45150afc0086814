import type { Schema } from '@viernes/api-client';
import { Editor } from '../support/editor.js';
import { get, requireBody, retryWhenRateLimited } from '../support/http.js';
import {
  newAccountRequest,
  newTitleRequest,
  newUploadRequest,
  type RepeatedRequest,
} from '../support/repeated-requests.js';
import { unique, uniqueWord } from '../support/unique.js';

describe('a hundred equal requests with one Idempotency-Key at the same time', () => {
  let editor: Editor;

  beforeAll(async () => {
    editor = await Editor.signIn();
  });

  /** @returns the ID of what was created */
  const repeat = async (request: RepeatedRequest): Promise<string> => {
    const responses = await request.sendInParallel();
    const statuses = new Set(responses.map((response) => response?.status));
    // 409 while another request uses the key, 429 above the rate limit of sign-ups, and 429 or 503 above the limits of
    // concurrent requests.
    expect([201, 409, 429, 503]).toEqual(expect.arrayContaining([...statuses]));
    const repeated = await retryWhenRateLimited(() => request.send());
    const bodies = [...responses, repeated].flatMap((response) => (response?.status === 201 ? [response.text] : []));
    expect(new Set(bodies).size).toBe(1);
    expect([repeated.status, repeated.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    return (repeated.body as { id?: string }).id ?? '';
  };

  it('a hundred equal requests create one account', async () => {
    await repeat(newAccountRequest());
  });

  it('a hundred equal requests create one title', async () => {
    const genre = uniqueWord();
    const id = await repeat(newTitleRequest(editor, genre));
    const { titles } = requireBody(await get<Schema<'TitlePage'>>(`/v1/titles?genre=${genre}`), 200);
    expect(titles.map((title) => title.id)).toEqual([id]);
  });

  it('a hundred equal requests create one upload', async () => {
    const title = await editor.createTitle(unique('Upload'));
    const id = await repeat(newUploadRequest(editor, title.id));
    const path = `/v1/uploads?titleId=${title.id}`;
    const { uploads } = requireBody(await get<Schema<'UploadList'>>(path, { token: editor.token }), 200);
    expect(uploads.map((upload) => upload.id)).toEqual([id]);
  });
});
