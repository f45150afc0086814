import type { Schema } from '@viernes/api-client';
import { readData } from '../api/problem.js';
import { edge } from '../session/edge-client.js';

/** @throws Problem PARTY_NOT_FOUND and others */
export const getParty = (code: string): Promise<Schema<'Party'>> =>
  readData(edge.GET('/v1/parties/{code}', { params: { path: { code } } }));
