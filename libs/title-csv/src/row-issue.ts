/** What `import` changed or could not use in one row. */
export interface RowIssue {
  /** `repaired`: another value is imported. `dropped`: the field or item is omitted. `rejected`: the row is omitted. */
  readonly action: 'repaired' | 'dropped' | 'rejected';
  /** The column, or a field of the API. Empty if the complete row is affected. */
  readonly field: string;
  readonly reason: string;
  readonly before: string;
  readonly after: string;
}
