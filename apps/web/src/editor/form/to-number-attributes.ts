/** Returns the attributes of a number field with the limits of the API. */
export const toNumberAttributes = ({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }) =>
  ({ type: 'number', inputMode: 'numeric', min: minimum, max: maximum }) as const;
