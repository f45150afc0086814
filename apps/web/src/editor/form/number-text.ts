/** Returns the text of a number field. A missing value is an empty text. */
export const toNumberText = (value: number | undefined): string => (value === undefined ? '' : String(value));

/** Returns the number of a field, or undefined if the field is empty. */
export const parseNumberText = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text));
