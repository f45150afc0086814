import type { Schema } from '@viernes/api-client';
import { readData } from '../api/problem.js';
import { edge } from '../session/edge-client.js';

export const getPerson = (id: string, signal: AbortSignal): Promise<Schema<'Person'>> =>
  readData(edge.GET('/v1/people/{id}', { params: { path: { id } }, signal }));
