import type { Schema } from '@viernes/api-client';
import { readData } from '../api/problem.js';
import { edge } from '../session/edge-client.js';

export type Account = Schema<'Account'>;

export const listAccounts = (
  email: string,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Schema<'AccountPage'>> =>
  readData(edge.GET('/v1/accounts', { params: { query: { email, ...(cursor !== null && { cursor }) } }, signal }));

export const listPlans = async (signal: AbortSignal): Promise<readonly string[]> =>
  (await readData(edge.GET('/v1/plans', { signal }))).plans.map(({ name }) => name);

/** @throws Problem ACCOUNT_NOT_FOUND and others */
export const changePlan = (id: string, plan: string): Promise<Account> =>
  readData(edge.PUT('/v1/accounts/{id}/plan', { params: { path: { id } }, body: { plan } }));

/** @throws Problem ACCOUNT_NOT_FOUND, OWN_ROLE, and others */
export const changeRole = (id: string, role: Account['role']): Promise<Account> =>
  readData(edge.PUT('/v1/accounts/{id}/role', { params: { path: { id } }, body: { role } }));
