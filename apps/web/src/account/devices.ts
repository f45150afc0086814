import type { Schema } from '@viernes/api-client';
import { readData } from '../api/problem.js';
import { edge } from '../session/edge-client.js';

export async function listDevices(signal: AbortSignal): Promise<readonly Schema<'ActiveSession'>[]> {
  const { sessions } = await readData(edge.GET('/v1/account/sessions', { signal }));
  return sessions;
}

export async function signOutDevice(id: string): Promise<void> {
  await edge.DELETE('/v1/account/sessions/{id}', { params: { path: { id } } });
}

export async function signOutOtherDevices(): Promise<void> {
  await edge.DELETE('/v1/account/sessions/others');
}

export const listSecurityEvents = (cursor: string | null, signal: AbortSignal): Promise<Schema<'SecurityEventPage'>> =>
  readData(
    edge.GET('/v1/account/security-events', {
      params: { query: { pageSize: 10, ...(cursor !== null && { cursor }) } },
      signal,
    }),
  );
