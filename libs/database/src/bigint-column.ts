import type { ValueTransformer } from 'typeorm';

/** Converts PostgreSQL's bigint to a number. All our values are far below 2^53. */
export const bigintAsNumber: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};
