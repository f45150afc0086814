import { z } from 'zod';

/** Validates a value of a protobuf enum. Its numbers are the positions in the list, starting with 1. */
export function protobufEnum<Value extends string>(values: readonly [Value, ...Value[]]) {
  return z
    .int()
    .min(1)
    .max(values.length)
    .transform((position) => values[position - 1] ?? values[0]);
}
