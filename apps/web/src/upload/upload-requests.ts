import type { Schema } from '@viernes/api-client';
import { readData } from '../api/problem.js';
import { edge } from '../session/edge-client.js';

const toPathParams = (id: string) => ({ path: { id } });

export const startUpload = (upload: Schema<'NewUpload'>): Promise<Schema<'Upload'>> =>
  readData(edge.POST('/v1/uploads', { body: upload }));

export const getUpload = (id: string, signal: AbortSignal): Promise<Schema<'Upload'>> =>
  readData(edge.GET('/v1/uploads/{id}', { params: toPathParams(id), signal }));

export const presignParts = (
  id: string,
  partNumbers: number[],
  signal: AbortSignal,
): Promise<Schema<'PresignedParts'>> =>
  readData(edge.POST('/v1/uploads/{id}/parts', { params: toPathParams(id), body: { partNumbers }, signal }));

export const completeUpload = (id: string): Promise<Schema<'Asset'>> =>
  readData(edge.POST('/v1/uploads/{id}/complete', { params: toPathParams(id) }));

export async function abortUpload(id: string): Promise<void> {
  await edge.DELETE('/v1/uploads/{id}', { params: toPathParams(id) });
}
