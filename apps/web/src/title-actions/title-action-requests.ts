import type { Schema } from '@viernes/api-client';
import { readData } from '../api/problem.js';
import { edge } from '../session/edge-client.js';

export type Thumb = Schema<'Thumb'>;

const withTitleId = (titleId: string) => ({ params: { path: { titleId } } });

export async function isInMyList(titleId: string, signal: AbortSignal): Promise<boolean> {
  const { isListed } = await readData(edge.GET('/v1/my-list/{titleId}', { ...withTitleId(titleId), signal }));
  return isListed;
}

/** @throws Problem MY_LIST_FULL and others */
export async function addToMyList(titleId: string): Promise<void> {
  await edge.PUT('/v1/my-list/{titleId}', withTitleId(titleId));
}

export async function removeFromMyList(titleId: string): Promise<void> {
  await edge.DELETE('/v1/my-list/{titleId}', withTitleId(titleId));
}

export async function getRating(titleId: string, signal: AbortSignal): Promise<Thumb | null> {
  const { thumb } = await readData(edge.GET('/v1/ratings/{titleId}', { ...withTitleId(titleId), signal }));
  return thumb;
}

export async function rateTitle(titleId: string, thumb: Thumb): Promise<void> {
  await edge.PUT('/v1/ratings/{titleId}', { ...withTitleId(titleId), body: { thumb } });
}

export async function removeRating(titleId: string): Promise<void> {
  await edge.DELETE('/v1/ratings/{titleId}', withTitleId(titleId));
}
