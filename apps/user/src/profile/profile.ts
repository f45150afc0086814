/** Who of an account watches. */
export interface Profile {
  readonly id: string;
  readonly name: string;
}
