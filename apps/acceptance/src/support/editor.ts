import type { ApiClient, Schema } from '@viernes/api-client';
import { config } from '../config.js';
import { eventually } from './eventually.js';
import { type HttpResponse, apiClient, requireBody, call, retryWhenRateLimited } from './http.js';
import type { VideoFile } from './video-files.js';

/** A signed-in account that can create titles and upload. Default: the editor account of the settings. */
export class Editor {
  private readonly api: ApiClient;

  private constructor(
    readonly session: Schema<'Session'>,
    private readonly edgeUrl: string,
  ) {
    this.api = apiClient(session.accessToken, edgeUrl);
  }

  static async signIn(
    edgeUrl = config.edgeUrl,
    email = config.editorEmail,
    password = config.editorPassword,
  ): Promise<Editor> {
    const body = { email, password };
    const response = await retryWhenRateLimited(() =>
      call(apiClient(undefined, edgeUrl).POST('/v1/sessions', { body })),
    );
    return new Editor(requireBody(response, 201), edgeUrl);
  }

  get token(): string {
    return this.session.accessToken ?? '';
  }

  async createTitle(name: string, more: Partial<Schema<'NewTitle'>> = {}): Promise<Schema<'Title'>> {
    return requireBody(await call(this.api.POST('/v1/titles', { body: { kind: 'film', name, ...more } })), 201);
  }

  async createSeason(titleId: string, body: Schema<'NewSeason'>): Promise<Schema<'Season'>> {
    const params = { path: { id: titleId } };
    return requireBody(await call(this.api.POST('/v1/titles/{id}/seasons', { params, body })), 201);
  }

  async startUpload(
    titleId: string,
    { fileName, sha256, bytes }: VideoFile,
    more: Partial<Schema<'NewUpload'>> = {},
  ): Promise<Schema<'Upload'>> {
    const body = { titleId, fileName, sizeBytes: bytes.length, sha256, ...more };
    return requireBody(await call(this.api.POST('/v1/uploads', { body })), 201);
  }

  async getUpload(id: string): Promise<Schema<'Upload'>> {
    return requireBody(await call(this.api.GET('/v1/uploads/{id}', { params: { path: { id } } })), 200);
  }

  async presignParts(id: string, partNumbers: number[]): Promise<Schema<'PresignedParts'>['parts']> {
    const request = { params: { path: { id } }, body: { partNumbers } };
    return requireBody(await call(this.api.POST('/v1/uploads/{id}/parts', request)), 200).parts;
  }

  async sendParts(upload: Schema<'Upload'>, file: VideoFile, partNumbers: number[]): Promise<void> {
    for (const { partNumber, url, sizeBytes } of await this.presignParts(upload.id, partNumbers)) {
      const offset = (partNumber - 1) * upload.partSizeBytes;
      const body = Uint8Array.from(file.bytes.subarray(offset, offset + sizeBytes));
      const response = await fetch(new URL(url, this.edgeUrl), { method: 'PUT', body });
      if (!response.ok) throw new Error(`part ${partNumber} returned ${response.status}: ${await response.text()}`);
    }
  }

  async requestCompletion(id: string): Promise<HttpResponse<Schema<'Asset'>>> {
    return call(this.api.POST('/v1/uploads/{id}/complete', { params: { path: { id } } }));
  }

  /** Uploads a complete file. The asset then waits for a transcoder. */
  async uploadFile(titleId: string, file: VideoFile): Promise<Schema<'Asset'>> {
    const upload = await this.startUpload(titleId, file);
    await this.sendParts(upload, file, allParts(upload));
    return requireBody(await this.requestCompletion(upload.id), 200);
  }

  async getAsset(id: string): Promise<Schema<'Asset'>> {
    return requireBody(await call(this.api.GET('/v1/assets/{id}', { params: { path: { id } } })), 200);
  }

  /** Waits until the asset is ready or failed. */
  async waitForAsset(assetId: string): Promise<Schema<'Asset'>> {
    return eventually(
      () => this.getAsset(assetId),
      ({ state }) => state === 'ready' || state === 'failed',
      { withinSeconds: 200, what: `asset ${assetId} is ready or failed` },
    );
  }

  /** Creates a title and waits until it can be played in every rendition. */
  async createReadyTitle(
    name: string,
    file: VideoFile,
    more: Partial<Schema<'NewTitle'>> = {},
  ): Promise<Schema<'Title'>> {
    const { id } = await this.createTitle(name, more);
    const asset = await this.waitForAsset((await this.uploadFile(id, file)).id);
    if (asset.state !== 'ready') throw new Error(`the asset of "${name}" failed: ${asset.failureCode}`);
    return eventually(
      async () => requireBody(await call(this.api.GET('/v1/titles/{id}', { params: { path: { id } } })), 200),
      ({ isPlayable }) => isPlayable,
      { what: `the catalog reports "${name}" as playable` },
    );
  }
}

export function allParts(upload: Schema<'Upload'>): number[] {
  return Array.from({ length: upload.partCount }, (_, index) => index + 1);
}
