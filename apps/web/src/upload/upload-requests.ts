import type { Schema } from '@viernes/api-client';
import { dataOf } from '../api/problem.js';
import { edge } from '../session/edge-client.js';

const pathOf = (id: string) => ({ path: { id } });

export const startUpload = (upload: Schema<'NewUpload'>): Promise<Schema<'Upload'>> =>
  dataOf(edge.POST('/v1/uploads', { body: upload }));

export const getUpload = (id: string, signal: AbortSignal): Promise<Schema<'Upload'>> =>
  dataOf(edge.GET('/v1/uploads/{id}', { params: pathOf(id), signal }));

export const presignParts = (
  id: string,
  partNumbers: number[],
  signal: AbortSignal,
): Promise<Schema<'PresignedParts'>> =>
  dataOf(edge.POST('/v1/uploads/{id}/parts', { params: pathOf(id), body: { partNumbers }, signal }));

export const completeUpload = (id: string): Promise<Schema<'Asset'>> =>
  dataOf(edge.POST('/v1/uploads/{id}/complete', { params: pathOf(id) }));

export async function abortUpload(id: string): Promise<void> {
  await edge.DELETE('/v1/uploads/{id}', { params: pathOf(id) });
}
