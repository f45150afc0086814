import { CodedError } from '@viernes/contracts';

/**
 * Returns a message field that the contract always sets, although protobuf's types do not express it.
 *
 * @throws CodedError INTERNAL if the service violates its contract
 */
export function required<Value>(value: Value | undefined, field: string): Value {
  if (value === undefined) throw new CodedError('INTERNAL', { missingField: field });
  return value;
}
