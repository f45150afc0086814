/** A member of a household. Accounts have at least one. */
export interface Profile {
  readonly id: string;
  readonly name: string;
}
