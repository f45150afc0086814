import type { ValueTransformer } from 'typeorm';

/** PostgreSQL's bigint as a number: everything we count stays far below 2^53. */
export const bigintAsNumber: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};
