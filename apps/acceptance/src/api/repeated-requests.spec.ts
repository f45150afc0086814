import { randomUUID } from 'node:crypto';
import type { Schema } from '@viernes/api-client';
import { Editor } from '../support/editor.js';
import { expectProblem, get, post, requireBody, retryWhenRateLimited } from '../support/http.js';
import {
  newAccountRequest,
  newTitleRequest,
  newUploadRequest,
  type RepeatedRequest,
} from '../support/repeated-requests.js';
import { unique, uniqueEmail, uniqueWord } from '../support/unique.js';
import { Viewer } from '../support/viewer.js';

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

describe('an Idempotency-Key', () => {
  const createProfile = (token: string, key: string, name: string) =>
    post<Schema<'Profile'>>('/v1/profiles', { name }, { token, headers: { 'idempotency-key': key } });
  const listNames = async (token: string): Promise<string[]> =>
    requireBody(await get<Schema<'ProfileList'>>('/v1/profiles', { token }), 200).profiles.map(({ name }) => name);

  it('returns 422 for another body with a used Idempotency-Key, and accepts a corrected body after an error', async () => {
    const { token } = await Viewer.signUp();
    const key = randomUUID();
    expectProblem(await createProfile(token, key, ''), 400, 'REQUEST_INVALID');
    requireBody(await createProfile(token, key, 'Bea'), 201);
    expectProblem(await createProfile(token, key, 'Cai'), 422, 'IDEMPOTENCY_KEY_REUSED');
    expect(await listNames(token)).toEqual(['Ana', 'Bea']);
  });

  it('does not share an Idempotency-Key between accounts, or with an anonymous caller', async () => {
    const key = randomUUID();
    for (const viewer of [await Viewer.signUp(), await Viewer.signUp()]) {
      const response = await createProfile(viewer.token, key, 'Bea');
      expect([response.status, response.headers.get('idempotent-replayed')]).toEqual([201, null]);
      expect(await listNames(viewer.token)).toEqual(['Ana', 'Bea']);
    }
    const body = { email: uniqueEmail(), password: Viewer.password, profileName: 'Bea' };
    const headers = { 'idempotency-key': key };
    requireBody(await retryWhenRateLimited(() => post('/v1/accounts', body, { headers })), 201);
  });

  it.each(['', 'two words', 'a'.repeat(129)])('returns 400 for the Idempotency-Key "%s"', async (key) => {
    const response = await post('/v1/accounts', {}, { headers: { 'idempotency-key': key } });
    expectProblem(response, 400, 'IDEMPOTENCY_KEY_INVALID');
  });
});
