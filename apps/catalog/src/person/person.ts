import type { CreditRole } from '@viernes/contracts';

/** A person who is credited in titles. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  /** Most visible titles first. */
  readonly roles: readonly CreditRole[];
  /** Number of visible titles. */
  readonly titleCount: number;
  /** Increases with each change by an editor. */
  readonly revision: number;
}
