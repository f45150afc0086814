import type { CreditRole } from '@viernes/contracts';

/** The maximum number of credits of a title. */
export const MAX_CREDITS = 200;

/** The role of a person in a title. */
export interface Credit {
  readonly personId: string;
  readonly name: string;
  readonly role: CreditRole;
  readonly character?: string | undefined;
}

/**
 * A credit that an editor has entered. Without a person ID, it refers to a person with this name whom the title already
 * credits, or else to the person with the slug of this name, who is created if there is none.
 */
export type NewCredit = Omit<Credit, 'personId'> & { readonly personId?: string | undefined };
