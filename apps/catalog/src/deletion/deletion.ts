/** A deleted title or person, which can be restored. */
export interface Deletion {
  readonly kind: 'film' | 'series' | 'person';
  readonly id: string;
  readonly name: string;
  /** Null for a person, and for a title without a release year. */
  readonly releaseYear: number | null;
  readonly deletedAt: Date;
}
