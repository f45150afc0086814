import { randomUUID } from 'node:crypto';
import type { Schema } from '@viernes/api-client';
import type { Editor } from './editor.js';
import { post, type HttpResponse } from './http.js';
import { unique, uniqueEmail } from './unique.js';
import { Viewer } from './viewer.js';

const PARALLEL = 100;

/** A POST that its client repeats with one Idempotency-Key. */
export class RepeatedRequest {
  private readonly key = randomUUID();

  constructor(
    private readonly path: string,
    private readonly body: unknown,
    private readonly token?: string,
  ) {}

  send(body = this.body): Promise<HttpResponse> {
    return post(this.path, body, { token: this.token, headers: { 'idempotency-key': this.key } });
  }

  /** Sends the request a hundred times concurrently. Undefined for a request without a response. */
  async sendInParallel(): Promise<readonly (HttpResponse | undefined)[]> {
    return Promise.all(Array.from({ length: PARALLEL }, () => this.send().catch(() => undefined)));
  }
}

export function newAccountRequest(): RepeatedRequest {
  return new RepeatedRequest('/v1/accounts', {
    email: uniqueEmail(),
    password: Viewer.password,
    profileName: 'Ana',
  });
}

export function newTitleRequest({ token }: Editor, genre: string): RepeatedRequest {
  const body = { kind: 'film', name: unique('Repeated'), genres: [genre] };
  return new RepeatedRequest('/v1/titles', body, token);
}

export function newUploadRequest({ token }: Editor, titleId: string): RepeatedRequest {
  const body: Schema<'NewUpload'> = { titleId, fileName: 'film.mp4', sizeBytes: 10, sha256: '0'.repeat(64) };
  return new RepeatedRequest('/v1/uploads', body, token);
}
