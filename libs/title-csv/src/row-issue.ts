/** A value of a row that `import` changed or could not use. */
export interface RowIssue {
  /** `repaired`: another value is imported. `dropped`: the field or item is omitted. `rejected`: the row is omitted. */
  readonly action: 'repaired' | 'dropped' | 'rejected';
  /** The column, or a field of the API. Empty if the complete row is affected. */
  readonly field: string;
  readonly reason: IssueReason;
  readonly before: string;
  readonly after: string;
}

/** The reason for an issue. The programs that display it translate the code, and insert the values. */
export interface IssueReason {
  readonly code: ReasonCode;
  readonly values?: Readonly<Record<string, string | number>>;
}

export type ReasonCode =
  // Issues of a record of the file.
  | 'quoteNotClosed'
  | 'textAfterQuote'
  | 'quoteInsideField'
  | 'recordTooLong'
  | 'invalidRecord'
  | 'fewerFields'
  | 'moreFields'
  | 'repeatedId'
  // Issues of a text.
  | 'normalizationForm'
  | 'lineBreak'
  | 'zeroWidthSpace'
  | 'otherSpace'
  | 'unsupportedCharacters'
  | 'tooLong'
  | 'noLetterOrDigit'
  // Issues of a list.
  | 'emptyItem'
  | 'repeatedItem'
  | 'tooManyItems'
  | 'characterCount'
  // Issues of a value.
  | 'missing'
  | 'derivedId'
  | 'containsDuration'
  | 'formerState'
  | 'notAKind'
  | 'notADuration'
  | 'notADate'
  | 'notAnObject'
  | 'notAnInteger'
  | 'notANumber'
  | 'unknownCountry'
  | 'unknownLanguage'
  | 'unknownRating'
  // The API rejects the title. The value `message` is its text.
  | 'rejected';
