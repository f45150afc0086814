import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Account } from './accounts.js';

/** A change of an account by an admin. Is pending until the list of accounts shows it. */
export function useAccountChange<Value>(change: (value: Value) => Promise<Account>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey: ['accounts'] }) });
}
