/** A title or a person who was deleted, and can be restored. */
export interface Deletion {
  readonly kind: 'film' | 'series' | 'person';
  readonly id: string;
  readonly name: string;
  /** Null for a person. */
  readonly releaseYear: number | null;
  readonly deletedAt: Date;
}
