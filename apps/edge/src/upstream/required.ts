import { CodedError } from '@viernes/contracts';

/**
 * A message field that the contract always fills, though protobuf's types cannot say so.
 *
 * @throws CodedError INTERNAL where the service broke its contract
 */
export function required<Value>(value: Value | undefined, field: string): Value {
  if (value === undefined) throw new CodedError('INTERNAL', { missing: field });
  return value;
}
